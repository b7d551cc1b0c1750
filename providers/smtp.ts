import { PassThrough, pipeline, type Readable } from 'node:stream';
import { createTransport, type MailMessage, type SendMailOptions } from 'nodemailer';
import { isMailAddress, toMailbox } from './mailbox';
import type { Letter, Mailer } from './mailer';
import { refusedUs } from './refused-us';
import { smtpOutcome, type SmtpFailure } from './smtp-outcome';
import type { Delivery } from './sms';

export type SmtpSettings = Readonly<{
  /** `smtp://` or `smtps://`, with user and password where the server wants them. */
  url: string;
  /** The sender of every letter: `塔北供电所 <fees@example.org>`, or a bare address. */
  from: string;
  /** Right half of the Message-ID. Never change it while letters are under way. */
  idDomain: string;
  /** Letters a second over all connections, at most; unlimited when absent. */
  perSecond?: number;
  /** An attempt answers within this, whatever the server does, waiting for a connection included. */
  timeoutMs: number;
  /** Default 5. */
  maxConnections?: number;
}>;

/**
 * Mailer over SMTP. Delivery is at least once: a letter whose fate is `unknown` cannot be looked up, only its Message-ID is fixed
 * (`<id@idDomain>`), by which most mail readers show two copies as one. `send` throws when the server refuses our credentials
 * or our sender address: no other letter would fare better.
 * @throws {RangeError} when `from` is not one mailbox.
 */
export function smtpMailer(settings: SmtpSettings): Mailer {
  const from = toMailbox(settings.from);
  const transport = createTransport(poolOptions(settings));
  transport.use('stream', watchContent);
  const underWay = new Set<Promise<Delivery>>();

  const attempt = async (letter: Letter): Promise<Delivery> => {
    const contents: Readable[] = [];
    const signal = AbortSignal.timeout(settings.timeoutMs);
    const mail: WatchedMail = { ...mailFor(letter, settings.idDomain), from, signal, contents };
    try {
      const { messageId, serverMessageId } = await transport.sendMail(mail);
      return { kind: 'accepted', providerId: serverMessageId ?? messageId };
    } catch (error) {
      const failure = failureOf(error, contents);
      const outcome = smtpOutcome(failure);
      if (outcome !== null) return outcome;
      if (failure.responseCode === undefined) throw error;
      throw refusedUs('smtp', failure.responseCode);
    }
  };

  return {
    name: 'smtp',
    async send(letter) {
      if (!isMailAddress(letter.to))
        return { kind: 'undeliverable', reason: 'badAddress', code: 'not one mail address' };
      const sending = attempt(letter);
      underWay.add(sending);
      return sending.finally(() => underWay.delete(sending));
    },
    find: () => Promise.resolve({ kind: 'cannotTell' }),
    async close() {
      await Promise.allSettled(underWay);
      transport.close();
    },
  };
}

const poolOptions = ({ url, perSecond, timeoutMs, maxConnections = 5 }: SmtpSettings) => ({
  url,
  pool: true as const,
  maxConnections,
  ...(perSecond === undefined ? {} : rate(perSecond)),
  // One more go when the server closed an idle connection, for which nodemailer makes sure that no byte of the letter was read.
  maxRequeues: 1,
  connectionTimeout: timeoutMs,
  greetingTimeout: timeoutMs,
  dnsTimeout: timeoutMs,
  socketTimeout: timeoutMs,
  // A letter is text that we rendered: nothing in it may make the mailer open a file or a URL.
  disableFileAccess: true,
  disableUrlAccess: true,
});

/** nodemailer counts whole letters in a window, so the window is stretched to fit: 0.5 a second is 1 in 2,000 ms. */
const rate = (perSecond: number) => ({
  rateLimit: Math.ceil(perSecond),
  rateDelta: (1_000 * Math.ceil(perSecond)) / perSecond,
});

const mailFor = (letter: Letter, idDomain: string): SendMailOptions => ({
  to: { name: '', address: letter.to },
  subject: letter.subject,
  text: letter.text,
  html: letter.html,
  messageId: `<${letter.id}@${idDomain}>`,
  headers: {
    'Auto-Submitted': 'auto-generated', // RFC 3834: no holiday notices in return
    ...(letter.purpose === undefined ? {} : { 'X-Tarim-Purpose': letter.purpose }),
    ...(letter.unsubscribeUrl === undefined
      ? {}
      : { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
  },
  ...(letter.unsubscribeUrl === undefined ? {} : { list: { unsubscribe: letter.unsubscribeUrl } }),
});

/** `contents`: one stream for each go at the letter, for nodemailer makes a new one when it moves to another connection. */
type WatchedMail = SendMailOptions & { contents: Readable[] };

/** Puts our own stream last before the socket: its `readableEnded` becomes true just before the final dot is written. */
function watchContent(mail: MailMessage, done: (error?: Error | null) => void): void {
  const { contents } = mail.data as unknown as WatchedMail;
  mail.message.processFunc((input: Readable) => {
    const content = new PassThrough();
    contents.push(content);
    return pipeline(input, content, () => undefined);
  });
  done();
}

/** Looks at fields and never at the class: under Jest a socket's error is no instance of the test's `Error`. */
const failureOf = (error: unknown, contents: readonly Readable[]): SmtpFailure => ({
  ...(error as Omit<SmtpFailure, 'handedOver'>),
  handedOver: contents.some((content) => content.readableEnded),
});
