import { isMailAddress, toMailbox } from '../../providers/mailbox';
import { smtpOutcome, type SmtpFailure } from '../../providers/smtp-outcome';
import { retryAfterMs, twilioOutcome } from '../../providers/twilio-outcome';

const reply = (command: string, response: string, code = 'EENVELOPE'): SmtpFailure => ({
  code,
  command,
  response,
  responseCode: Number(response.slice(0, 3)),
  handedOver: command === 'DATA',
});
const FAULT = 'throws';
const smtp = (failure: SmtpFailure): string => {
  const outcome = smtpOutcome(failure);
  return outcome === null
    ? FAULT
    : outcome.kind === 'undeliverable'
      ? outcome.reason
      : outcome.kind;
};

it.each([
  ['RCPT TO', '550 5.1.1 no such user', 'badAddress'],
  ['RCPT TO', '550 no such user', 'badAddress'],
  ['RCPT TO', '551 user not local', 'badAddress'],
  ['RCPT TO', '553 mailbox name not allowed', 'badAddress'],
  ['RCPT TO', '556 5.1.10 null MX', 'badAddress'],
  ['RCPT TO', '550 5.2.1 mailbox disabled', 'badAddress'],
  ['RCPT TO', '550-5.1.1 long\n550 5.1.1 story', 'badAddress'],
  ['RCPT TO', '550 5.7.1 relaying denied', 'refused'],
  ['RCPT TO', '552 5.2.2 mailbox full', 'refused'],
  ['RCPT TO', '554 no', 'refused'],
  ['RCPT TO', '450 4.2.0 greylisted', 'tryLater'],
  ['RCPT TO', '452 4.2.2 mailbox full', 'tryLater'],
  ['RCPT TO', '550 5.1.8 sender domain not found', FAULT],
  ['RCPT TO', '530 5.7.0 authentication required', FAULT],
  ['MAIL FROM', '553 5.7.1 not yours', FAULT],
  ['MAIL FROM', '552 5.3.4 too large', 'refused'],
  ['MAIL FROM', '451 4.3.0 try again', 'tryLater'],
  ['DATA', '554 5.7.1 spam', 'refused'],
  ['DATA', '550 spam', 'refused'],
  ['DATA', '550 5.1.10 recipient not found', 'badAddress'],
  ['DATA', '451 4.7.0 later', 'tryLater'],
  ['DATA', '503 5.5.1 out of step', 'tryLater'],
  ['CONN', '554 no service', 'tryLater'],
  ['EHLO', '550 5.7.1 go away', 'tryLater'],
  ['STARTTLS', '500 what', 'tryLater'],
])('the server answers %s with %s: %s', (command, response, expected) => {
  expect(smtp(reply(command, response))).toBe(expected);
});

it.each([
  ['AUTH PLAIN', '535 5.7.8 bad credentials', FAULT],
  ['AUTH LOGIN', '534 5.7.9 mechanism too weak', FAULT],
  ['AUTH PLAIN', '454 4.7.0 temporary failure', 'tryLater'],
])('signing in: %s, %s: %s', (command, response, expected) => {
  expect(smtp(reply(command, response, 'EAUTH'))).toBe(expected);
});

it.each(['ECONNECTION', 'ESOCKET', 'ETIMEDOUT', 'EDNS', 'ETLS', 'EPROTOCOL', 'EABORT'])(
  '%s is tried later before the content and unknown after it',
  (code) => {
    expect(smtp({ code, command: 'CONN', handedOver: false })).toBe('tryLater');
    expect(smtp({ code, command: 'CONN', handedOver: true })).toBe('unknown');
  },
);

it('throws what is no answer and no network, unless the letter may be gone', () => {
  expect(smtp({ code: 'ECONFIG', handedOver: false })).toBe(FAULT);
  expect(smtp({ code: 'EAUTH', command: 'API', handedOver: false })).toBe(FAULT);
  expect(smtp({ handedOver: false })).toBe(FAULT);
  expect(smtp({ handedOver: true })).toBe('unknown');
});

it('keeps the code and never the words, which may hold an address', () => {
  expect(smtpOutcome(reply('RCPT TO', '550 5.1.1 <wang@example.test> unknown'))).toEqual({
    kind: 'undeliverable',
    reason: 'badAddress',
    code: '550 5.1.1',
  });
});

const twilio = (status: number, code: number | null): string => {
  const outcome = twilioOutcome({ kind: 'answered', status, code, retryAfterMs: null });
  return outcome === null
    ? FAULT
    : outcome.kind === 'undeliverable'
      ? outcome.reason
      : outcome.kind;
};

it.each([
  [400, 21610, 'optedOut'],
  [400, 21614, 'landline'],
  [400, 21635, 'landline'],
  [400, 21211, 'badAddress'],
  [400, 21217, 'badAddress'],
  [400, 21612, 'refused'],
  [403, 21408, 'refused'],
  [400, 29999, 'refused'],
  [429, 20429, 'tryLater'],
  [429, 63038, 'tryLater'],
  [429, null, 'tryLater'],
  [500, 20500, 'unknown'],
  [503, null, 'unknown'],
  [408, null, 'unknown'],
  [404, null, 'tryLater'],
  [401, 20003, FAULT],
  [403, 20003, FAULT],
  [403, null, FAULT],
  [404, 20404, FAULT],
  [400, 21606, FAULT],
  [400, 21401, FAULT],
])('Twilio answers %i with %p: %s', (status, code, expected) => {
  expect(twilio(status, code)).toBe(expected);
});

it.each([
  ['7', 7_000],
  ['0', 0],
  ['Thu, 01 Jan 1970 00:00:12 GMT', 2_000],
  ['Thu, 01 Jan 1970 00:00:01 GMT', 0],
  ['soon', null],
  [undefined, null],
])('Retry-After %p is %p ms', (header, expected) => {
  expect(retryAfterMs(header, 10_000)).toBe(expected);
});

it.each([
  ['wang@example.test', true],
  ['wang+fee@mail.example.test', true],
  ['王@例子.测试', true],
  ["o'neil@example.test", true],
  ['wang@example', false],
  ['wang@@example.test', false],
  ['wang@example.test ', false],
  ['wang@example.test\n', false],
  ['a@x.test,b@x.test', false],
  ['<a@x.test>', false],
  ['group:a@x.test;', false],
  ['a\u0000@x.test', false],
  [`${'a'.repeat(65)}@x.test`, false],
  [`a@${'x'.repeat(250)}.test`, false],
  ['', false],
])('%j is one mail address: %p', (text, expected) => {
  expect(isMailAddress(text)).toBe(expected);
});

it('reads a sender with and without a name, and nothing else', () => {
  const address = 'fees@example.test';
  expect(toMailbox(address)).toEqual({ name: '', address });
  expect(toMailbox(`塔北供电所 <${address}>`)).toEqual({ name: '塔北供电所', address });
  expect(toMailbox(`"State Grid, Tabei" <${address}>`)).toEqual({
    name: 'State Grid, Tabei',
    address,
  });
  expect(() => toMailbox('nobody')).toThrow(RangeError);
  expect(() => toMailbox(`a <${address}>, b <${address}>`)).toThrow(RangeError);
});
