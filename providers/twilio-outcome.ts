import type { Delivery, Undeliverable } from './sms';

/** How one call to Twilio failed. `lost`: the request may have been read, and no usable answer came. */
export type TwilioFailure =
  | { kind: 'answered'; status: number; code: number | null; retryAfterMs: number | null }
  | { kind: 'notSent'; cause: string }
  | { kind: 'lost'; cause: string };

/**
 * What a failed call to create a message means, or null when Twilio refuses our credentials, account or sender and it must throw.
 * Source: Twilio's error dictionary. "Requests that receive 429 aren't processed and are safe to retry" (20429); of a 5xx it
 * promises nothing, so the message may stand in its queue.
 */
export function twilioOutcome(failure: TwilioFailure): Delivery | null {
  if (failure.kind === 'lost') return { kind: 'unknown', cause: failure.cause };
  if (failure.kind === 'notSent')
    return { kind: 'tryLater', cause: failure.cause, retryAfterMs: null };
  if (isAboutUs(failure)) return null;
  return answered(failure);
}

type Answered = Extract<TwilioFailure, { kind: 'answered' }>;

function answered({ status, code, retryAfterMs }: Answered): Delivery {
  const cause = code === null ? `HTTP ${status}` : `${status} ${code}`;
  if (status === 429 || code === TOO_MANY) return { kind: 'tryLater', cause, retryAfterMs };
  if (status >= 500 || status === 408) return { kind: 'unknown', cause };
  // A refusal without a code is not Twilio's: something between us and it spoke, and did not pass the request on.
  if (code === null) return { kind: 'tryLater', cause, retryAfterMs };
  return { kind: 'undeliverable', reason: REASON[code] ?? 'refused', code: String(code) };
}

const TOO_MANY = 20_429;

/**
 * What these say about the number that we wrote to. 21614 ("not a mobile number") and, since July 2024, 21635 are landlines; 21265 is a
 * short code, 21268 a premium number, 21266 our own. Everything else with a code is `refused`, among it 21612 (this From cannot reach
 * this To) and 21408 (region not enabled for the account): the number itself may be good, and a setting of ours can mend both.
 */
const REASON: Readonly<Partial<Record<number, Undeliverable>>> = {
  21610: 'optedOut',
  21614: 'landline',
  21635: 'landline',
  21211: 'badAddress',
  21217: 'badAddress',
  21265: 'badAddress',
  21266: 'badAddress',
  21268: 'badAddress',
};

/**
 * Account, credentials and sender. 21401 stands here because its text speaks of the number that one sends *from*: taken for the
 * customer's, a mistyped sender would suppress every number in the book.
 */
const ABOUT_US = new Set([
  20_003, 20_005, 20_404, 10_001, 21_212, 21_401, 21_601, 21_603, 21_606, 21_659, 21_660, 21_661,
  21_703, 21_704,
]);

const isAboutUs = ({ status, code }: Answered): boolean =>
  status === 401 || (code === null ? status === 403 : ABOUT_US.has(code));

/** `Retry-After` as seconds or as an HTTP date; null when absent or neither. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
