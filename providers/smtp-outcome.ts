import type { Delivery, Undeliverable } from './sms';

/**
 * What nodemailer says about a failure. `command` is `CONN` for everything that happens to the socket, at whatever moment,
 * so it cannot say whether the letter was handed over: only `handedOver` can.
 */
export type SmtpFailure = Readonly<{
  code?: string | undefined;
  command?: string | undefined;
  responseCode?: number | undefined;
  response?: string | undefined;
  /** True once the end of the content may have been written: from there on only the server's answer tells. */
  handedOver: boolean;
}>;

/**
 * What a failure means for the letter, or null when it is a fault of ours (credentials, sender, settings, a bug) and must throw.
 * Source: RFC 5321 4.2 and 6.1 (the server is responsible once it has answered 250 to the content, and not before),
 * RFC 3463 (enhanced codes); what nodemailer 10.6 reports was observed in test/integration/mailer.test.ts.
 */
export function smtpOutcome(failure: SmtpFailure): Delivery | null {
  if (failure.responseCode !== undefined) return answered(failure, failure.responseCode);
  const { code: cause = 'no code' } = failure;
  if (failure.handedOver) return { kind: 'unknown', cause: `${cause} after the content` };
  if (cause === 'EMESSAGE') return undeliverable('refused', cause); // larger than the server's SIZE
  return NOT_SENT.has(cause) ? { kind: 'tryLater', cause, retryAfterMs: null } : null;
}

/** What can end an attempt before the content: the network, the server's manners, our own deadline. */
const NOT_SENT = new Set(
  'ECONNECTION ESOCKET ETIMEDOUT EDNS ETLS EPROTOCOL EPROXY EABORT'.split(' '),
);

function answered(failure: SmtpFailure, responseCode: number): Delivery | null {
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(failure.response ?? '')?.[1] ?? '';
  const code = `${responseCode} ${enhanced}`.trimEnd();
  // 503: the session was out of step, which a new one mends. A 5xx to the greeting or EHLO is about us, today, not about the letter.
  const passing = responseCode < 500 || responseCode === 503 || isBeforeTheLetter(failure);
  if (isOurFault(failure, responseCode, enhanced)) return null;
  if (passing) return { kind: 'tryLater', cause: code, retryAfterMs: null };
  return undeliverable(reasonFor(failure, responseCode, enhanced), code);
}

const isBeforeTheLetter = ({ command = 'CONN' }: SmtpFailure): boolean =>
  /^(CONN|EHLO|HELO|LHLO|STARTTLS|AUTH)/.test(command);

/** 530, 534, 535 and 538 are about our password (RFC 4954); a 5xx to MAIL FROM, x.1.7 and x.1.8 are about our address. */
function isOurFault(failure: SmtpFailure, responseCode: number, enhanced: string): boolean {
  if (responseCode < 500) return false;
  if ([530, 534, 535, 538].includes(responseCode) || failure.code === 'EAUTH') return true;
  if (/^5\.1\.[78]$/.test(enhanced)) return true;
  return failure.command === 'MAIL FROM' && responseCode !== 552;
}

/**
 * The enhanced code speaks first: x.1.z is the address and 5.2.1 a closed mailbox (as Exchange says after the content), whatever
 * the phase; all else that is enhanced is policy or capacity. Without one, 550, 551, 553, 501 and 556 to RCPT TO are
 * the address, and a 5xx after the content is `refused`: the server had already let the recipient pass, so it is the letter
 * that it will not have (552 too large or full, 554 policy), and suppressing a good mailbox would be wrong.
 */
function reasonFor(failure: SmtpFailure, responseCode: number, enhanced: string): Undeliverable {
  if (enhanced.startsWith('5.1.') || enhanced === '5.2.1') return 'badAddress';
  if (enhanced !== '' && !enhanced.startsWith('5.0.')) return 'refused';
  const aboutRecipient = failure.command === 'RCPT TO';
  return aboutRecipient && [501, 550, 551, 553, 556].includes(responseCode)
    ? 'badAddress'
    : 'refused';
}

const undeliverable = (reason: Undeliverable, code: string): Delivery => ({
  kind: 'undeliverable',
  reason,
  code,
});
