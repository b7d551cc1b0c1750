import { guarded, type Limits } from '../../providers/limits';
import { smtpMailer } from '../../providers/smtp';
import { twilioSms } from '../../providers/twilio';
import { startFakeSmtp } from '../support/fake-smtp';
import { startFakeTwilio } from '../support/fake-twilio';

const STALL_MS = 4_000;
const limits: Limits = {
  perSecond: 1_000,
  maxInFlight: 5,
  maxWaitMs: 10_000,
  breaker: { failures: 5, openMs: 60_000 },
};

it('a stalled SMS provider is given up soon and does not slow the mailer', async () => {
  const [smtp, twilio] = await Promise.all([startFakeSmtp(), startFakeTwilio()]);
  const { accountSid, authToken, url: baseUrl } = twilio;
  const from = '+8613900000000';
  const sms = guarded(
    twilioSms({ accountSid, authToken, from, baseUrl, timeoutMs: STALL_MS }),
    limits,
  );
  const mailer = guarded(
    smtpMailer({ url: smtp.url, from: 'f@x.test', idDomain: 'x.test', timeoutMs: 10_000 }),
    limits,
  );
  twilio.always('stall');

  const startedAt = performance.now();
  const tookMs = () => performance.now() - startedAt;
  const fifty = Array.from({ length: 50 }, (_, i) => `intent-${i}`);
  const texts = Promise.all(fifty.map((id) => sms.send({ id, to: '+8613800000001', text: id })));
  const letter = { to: 'wang@x.test', subject: 's', text: 't', html: '<p>t</p>' };
  const letters = await Promise.all(fifty.map((id) => mailer.send({ ...letter, id })));
  const lettersMs = tookMs();
  const kinds = (await texts).map(({ kind }) => kind);
  const textsMs = tookMs();
  await mailer.close();
  await Promise.all([smtp.close(), twilio.close()]);

  expect(letters.map(({ kind }) => kind)).toEqual(fifty.map(() => 'accepted'));
  // One after the other, five letters at a time would wait for five texts.
  expect(lettersMs).toBeLessThan(textsMs);
  // Only those who held a place may have been read: five, and one more for each failure before the one that opens the breaker.
  const unknown = kinds.filter((kind) => kind === 'unknown').length;
  expect(unknown).toBeGreaterThanOrEqual(limits.maxInFlight);
  expect(unknown).toBeLessThan(limits.maxInFlight + limits.breaker.failures);
  expect(kinds.filter((kind) => kind === 'tryLater')).toHaveLength(50 - unknown);
  // Without the breaker it would be ten times.
  expect(textsMs).toBeLessThan(5 * STALL_MS);
});
