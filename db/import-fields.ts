import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { parseYuan } from '../domain/fen';
import { LAST_DAY, parseDate, parseInstant, parsePeriod } from '../domain/time';

export type Refused = Readonly<{ reason: string }>;
/** A field as the database takes it, or why it cannot. The text comes trimmed. */
export type ReadField = (text: string) => string | null | Refused;

/** 10^9 yuan. Beyond it somebody has put fen or a meter reading into the column. */
const AMOUNT_FEN_MAX = 100_000_000_000;
const TEXT_LENGTH_MAX = 100;
/** Source: RFC 5321, 4.5.3.1.3. */
const EMAIL_LENGTH_MAX = 254;

/** Control characters, line separators, and the marks that turn the direction of writing or stand for a lost character. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffd]/u;
/** No line break, comma or second address: a mailer must not find two recipients in one field. */
const EMAIL = /^[^\s@,;:<>()"'\\]+@[^\s@,;:<>()"'\\]+\.[^\s@,;:<>()"'\\.]+$/u;

const refused = (reason: string): Refused => ({ reason });
const missing = refused('is missing');

const required =
  (read: ReadField): ReadField =>
  (text) =>
    text === '' ? missing : read(text);

const optional =
  (read: ReadField, absent: string | null = null): ReadField =>
  (text) =>
    text === '' ? absent : read(text);

const matching = (pattern: RegExp, reason: string): ReadField =>
  required((text) => (pattern.test(text) ? text : refused(reason)));

const plainText: ReadField = (text) => {
  if (UNPRINTABLE.test(text)) return refused('has a control character or a line break');
  return text.length > TEXT_LENGTH_MAX
    ? refused(`is longer than ${TEXT_LENGTH_MAX} characters`)
    : text;
};

export const customerNo = matching(
  /^[A-Za-z0-9_-]{1,32}$/,
  'must be 1 to 32 letters, digits, - or _',
);
/** It becomes a part of ids and of file names, hence no slash. */
export const station = matching(
  /^[\p{L}\p{N}_-]{1,32}$/u,
  'must be 1 to 32 letters, digits, - or _',
);
/** Of a bill or a payment. */
export const reference = matching(
  /^[A-Za-z0-9._:#/-]{1,64}$/,
  'must be 1 to 64 letters, digits or . _ : # / -',
);
export const requiredText = required(plainText);
export const optionalText = optional(plainText);
export const oneOf = (values: readonly string[]): ReadField =>
  required((text) =>
    values.includes(text) ? text : refused(`must be one of ${values.join(', ')}`),
  );

export const phone = optional((text) => {
  const found = parsePhoneNumberFromString(text, 'CN');
  const type = found?.country === 'CN' && found.ext === undefined ? found.getType() : undefined;
  return found && (type === 'MOBILE' || type === 'FIXED_LINE')
    ? found.number
    : refused('is no mobile or landline number of mainland China');
});

export const email = optional((text) =>
  text.length <= EMAIL_LENGTH_MAX && !UNPRINTABLE.test(text) && EMAIL.test(text)
    ? text
    : refused('is no single e-mail address'),
);

export const period = required((text) => parsePeriod(text) ?? refused('must be a month, YYYY-MM'));
const day: ReadField = (text) =>
  parseDate(text) ??
  refused(`must be a day that exists, YYYY-MM-DD, from 1991-09-15 to ${LAST_DAY}`);
export const date = required(day);
export const optionalDate = optional(day);
export const instant = required(
  (text) =>
    parseInstant(text) ?? refused('must be an instant with its offset, 2026-03-31T09:30:00+08:00'),
);

/** In yuan; read as fen. May be negative: a credit. */
const yuan: ReadField = (text) => {
  const fen = parseYuan(text);
  if (fen === null) return refused('must be yuan with at most two decimals and no separators');
  return Math.abs(fen) > AMOUNT_FEN_MAX ? refused('is beyond 1,000,000,000 yuan') : String(fen);
};
export const amount = required(yuan);
export const amountPaid = required((text) => {
  const fen = yuan(text);
  return typeof fen === 'string' && Number(fen) <= 0 ? refused('must be above 0') : fen;
});
export const deposit = optional((text) => {
  const fen = yuan(text);
  return typeof fen === 'string' && Number(fen) < 0 ? refused('must not be negative') : fen;
}, '0');
