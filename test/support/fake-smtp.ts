import type { AddressInfo, Socket } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';

/** One letter that the server took responsibility for, whether or not its 250 was ever read. */
type TakenLetter = Readonly<{
  messageId: string;
  recipients: readonly string[];
  from: string;
  subject: string;
  text: string;
  html: string;
  takenAt: Date;
  header: (name: string) => string | undefined;
}>;

type Phase = 'mail' | 'rcpt' | 'data';
/** `data` acts after the whole message was read; `content` after its first bytes; `dropTaken` records the letter and dies before the 250. */
export type SmtpBehaviour =
  | 'accept'
  | 'dropTaken'
  | { drop: Phase | 'content' }
  | { stall: Phase }
  | { reply: Phase; code: number; text: string };

export const REFUSED: SmtpBehaviour = { reply: 'rcpt', code: 550, text: '5.1.1 no such mailbox' };
export const GREYLISTED: SmtpBehaviour = { reply: 'rcpt', code: 451, text: '4.7.1 come back' };

export type FakeSmtp = Readonly<{
  url: string;
  port: number;
  /** In the order of acceptance, duplicates included. */
  taken: readonly TakenLetter[];
  /** Sockets that were ever opened: shows whether connections are reused. */
  connections: () => number;
  /** What becomes of the next letters to `address`, one each; after these it is accepted. */
  plan: (address: string, ...behaviours: readonly SmtpBehaviour[]) => void;
  /** What becomes of every letter from now on whose address has no plan of its own. */
  always: (behaviour: SmtpBehaviour) => void;
  /** Ends every open connection as a server's restart does; it goes on listening. */
  cut: () => void;
  close: () => Promise<void>;
}>;

type Options = Readonly<{
  port?: number;
  /** Demands this password of the user `tarim`. */
  password?: string;
  /** Says this instead of the greeting, or never says anything. */
  greeting?: { code: number; text: string } | 'stall';
  pipelining?: boolean;
}>;

/** An SMTP server on localhost that misbehaves on order. Needs nothing but a free port. */
export async function startFakeSmtp(options: Options = {}): Promise<FakeSmtp> {
  const taken: TakenLetter[] = [];
  const plans = new Map<string, SmtpBehaviour[]>();
  const sockets = new Set<Socket>();
  const current = new Map<string, SmtpBehaviour>();
  let connections = 0;
  let ordinary: SmtpBehaviour = 'accept';

  const reset = (session: SMTPServerSession): void => {
    for (const socket of sockets)
      if (socket.remotePort === session.remotePort) socket.resetAndDestroy();
  };
  /** True when the behaviour has had its say at this phase and the ordinary answer must not follow. */
  const misbehaved = (phase: Phase, session: SMTPServerSession, answer: (e: Error) => void) => {
    const behaviour = current.get(session.id) ?? 'accept';
    if (typeof behaviour === 'string') return false;
    if ('drop' in behaviour && behaviour.drop === phase) reset(session);
    else if ('reply' in behaviour && behaviour.reply === phase) answer(replyError(behaviour));
    else return 'stall' in behaviour && behaviour.stall === phase;
    return true;
  };
  const take = async (stream: SMTPServerDataStream, session: SMTPServerSession) => {
    const letter = await readLetter(stream, session);
    return () => void taken.push({ ...letter, takenAt: new Date() });
  };

  const server = new SMTPServer({
    ...(options.password === undefined ? { disabledCommands: ['AUTH', 'STARTTLS'] } : {}),
    hideSTARTTLS: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    hidePIPELINING: options.pipelining !== true,
    hideENHANCEDSTATUSCODES: true,
    closeTimeout: 50,
    logger: false,
    onConnect(_session, done) {
      if (options.greeting === undefined) done();
      else if (options.greeting !== 'stall') done(replyError(options.greeting));
    },
    onAuth: (auth, _session, done) => {
      if (auth.password === options.password) done(null, { user: auth.username });
      else done(replyError({ code: 535, text: '5.7.8 bad credentials' }));
    },
    onMailFrom(_address, session, done) {
      const next = [...plans.values()].find(
        (queue) => typeof queue[0] === 'object' && at(queue[0]) === 'mail',
      );
      current.set(session.id, next?.shift() ?? 'accept');
      if (!misbehaved('mail', session, done)) done();
    },
    onRcptTo({ address }, session, done) {
      current.set(session.id, plans.get(address)?.shift() ?? ordinary);
      if (!misbehaved('rcpt', session, done)) done();
    },
    onData(stream, session, done) {
      const behaviour = current.get(session.id);
      if (typeof behaviour === 'object' && 'drop' in behaviour && behaviour.drop === 'content') {
        stream.once('data', () => reset(session));
        return;
      }
      const answer = (record: () => void): void => {
        if (misbehaved('data', session, done)) return;
        record();
        if (behaviour === 'dropTaken') reset(session);
        else done(null, 'queued');
      };
      // Whoever is killed in the middle of a letter has not handed it over.
      void take(stream, session).then(answer, () => undefined);
    },
  });
  server.on('error', () => undefined);
  server.server.on('connection', (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((ready) => server.listen(options.port ?? 0, '127.0.0.1', ready));
  const { port } = server.server.address() as AddressInfo;

  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    taken,
    connections: () => connections,
    plan: (address, ...behaviours) => void plans.set(address, [...behaviours]),
    always: (behaviour) => void (ordinary = behaviour),
    cut: () => sockets.forEach((socket) => socket.end()),
    close: async () => {
      const closed = new Promise<void>((done) => server.close(done));
      sockets.forEach((socket) => socket.destroy());
      await closed;
    },
  };
}

const at = (behaviour: Exclude<SmtpBehaviour, string>): string =>
  'drop' in behaviour ? behaviour.drop : 'stall' in behaviour ? behaviour.stall : behaviour.reply;

const replyError = ({ code, text }: { code: number; text: string }): Error =>
  Object.assign(new Error(text), { responseCode: code });

async function readLetter(
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<Omit<TakenLetter, 'takenAt'>> {
  const mail = await simpleParser(stream, { skipHtmlToText: true });
  return {
    messageId: mail.messageId ?? '',
    recipients: session.envelope.rcptTo.map(({ address }) => address),
    from: mail.from?.text ?? '',
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html || '',
    header: (name) => mail.headerLines.find((line) => line.key === name.toLowerCase())?.line,
  };
}
