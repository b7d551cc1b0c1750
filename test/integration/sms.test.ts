import type { Outgoing, SmsProvider } from '../../providers/sms';
import { twilioSms, type TwilioSettings } from '../../providers/twilio';
import {
  BUSY,
  INVALID,
  LANDLINE,
  OPTED_OUT,
  startFakeTwilio,
  type FakeTwilio,
} from '../support/fake-twilio';

/** Long enough for a busy machine; `SHORT_MS` where running into it is the point. */
const PATIENT_MS = 10_000;
const SHORT_MS = 500;
const WANG = '+8613800000001';
const aMessage = (changes: Partial<Outgoing> = {}): Outgoing => ({
  id: 'intent-1',
  to: WANG,
  text: '塔北供电所:您3月电费123.45元,请于4月10日前缴纳。',
  ...changes,
});
const justNow = (): string => new Date().toISOString();

let server: FakeTwilio;
beforeEach(async () => void (server = await startFakeTwilio()));
afterEach(() => server.close());

const aProvider = (changes: Partial<TwilioSettings> = {}): SmsProvider =>
  twilioSms({
    accountSid: server.accountSid,
    authToken: server.authToken,
    from: '+8613900000000',
    baseUrl: server.url,
    timeoutMs: PATIENT_MS,
    ...changes,
  });

it('hands a message over, with where to report on it', async () => {
  const sms = aProvider({ statusCallback: 'https://example.test/sms?station=1' });
  const { text } = aMessage();
  const outcome = await sms.send(aMessage());
  expect(outcome).toEqual({ kind: 'accepted', providerId: server.taken[0]?.sid });
  expect(server.taken).toMatchObject([
    {
      to: WANG,
      from: '+8613900000000',
      body: text,
      statusCallback: 'https://example.test/sms?station=1&intent=intent-1',
    },
  ]);
});

it('sends by a messaging service when the sender is one', async () => {
  const service = `MG${'1'.repeat(32)}`;
  await aProvider({ from: service }).send(aMessage());
  expect(server.taken).toMatchObject([{ from: service }]);
});

const dead = (reason: string, code: string) => ({ kind: 'undeliverable', reason, code });
it.each([
  ['opted out', OPTED_OUT, dead('optedOut', '21610'), 0],
  ['landline', LANDLINE, dead('landline', '21614'), 0],
  ['no such number', INVALID, dead('badAddress', '21211'), 0],
  ['region not enabled', { error: 21408, status: 400 }, dead('refused', '21408'), 0],
  ['too many', BUSY, { kind: 'tryLater', cause: '429 20429', retryAfterMs: 7_000 }, 0],
  ['server error', { error: 20500, status: 500 }, { kind: 'unknown', cause: '500 20500' }, 0],
  ['reset before acceptance', 'drop', { kind: 'unknown', cause: 'ECONNRESET' }, 0],
  ['reset after acceptance', 'dropTaken', { kind: 'unknown', cause: 'ECONNRESET' }, 1],
  ['silence', 'stall', { kind: 'unknown', cause: expect.any(String) as string }, 0],
  ['a trickle', 'trickle', { kind: 'unknown', cause: 'ERR_CANCELED' }, 0],
  ['an unreadable 200', 'garbled', { kind: 'unknown', cause: 'unreadable answer' }, 1],
] as const)('%s', async (_name, behaviour, outcome, takenCount) => {
  server.plan(WANG, behaviour);
  const isSilent = behaviour === 'stall' || behaviour === 'trickle';
  const sms = aProvider(isSilent ? { timeoutMs: SHORT_MS } : {});
  const startedAt = performance.now();
  expect(await sms.send(aMessage())).toEqual(outcome);
  expect(performance.now() - startedAt).toBeLessThan(SHORT_MS + 2_000);
  expect(server.taken).toHaveLength(takenCount);
});

it.each(['drop', 'dropTaken', 'stall', 'garbled', { error: 20500, status: 500 }] as const)(
  'is accepted exactly once when it looks before it sends again, after %j',
  async (behaviour) => {
    server.plan(WANG, behaviour);
    const sms = aProvider({ timeoutMs: SHORT_MS });
    const sinceAt = justNow();
    expect(await sms.send(aMessage())).toMatchObject({ kind: 'unknown' });

    const found = await sms.find(aMessage(), sinceAt);
    if (found.kind === 'notFound')
      expect(await sms.send(aMessage())).toMatchObject({ kind: 'accepted' });
    expect(server.taken).toHaveLength(1);
    expect(await sms.find(aMessage(), sinceAt)).toEqual({
      kind: 'found',
      providerId: server.taken[0]?.sid,
    });
  },
);

it('finds only this text to this number since the first attempt', async () => {
  const sms = aProvider();
  await sms.send(aMessage());
  const inTwoMinutes = new Date(Date.now() + 120_000).toISOString();
  expect(await sms.find(aMessage({ text: 'another text' }), justNow())).toEqual({
    kind: 'notFound',
  });
  expect(await sms.find(aMessage({ to: '+8613800000002' }), justNow())).toEqual({
    kind: 'notFound',
  });
  expect(await sms.find(aMessage(), inTwoMinutes)).toEqual({ kind: 'notFound' });
});

it.each(['drop', 'stall', 'garbled', BUSY] as const)(
  'cannot tell when the look-up meets %j',
  async (behaviour) => {
    server.planList(behaviour);
    const found = await aProvider({ timeoutMs: SHORT_MS }).find(aMessage(), justNow());
    expect(found).toEqual({ kind: 'cannotTell' });
  },
);

it('cannot tell when the list is longer than it reads', async () => {
  const sms = aProvider();
  await sms.send(aMessage());
  const texts = Array.from({ length: 200 }, (_, i) => `text ${i}`);
  await Promise.all(texts.map((text) => sms.send(aMessage({ text }))));
  expect(await sms.find(aMessage(), justNow())).toEqual({ kind: 'cannotTell' });
});

it('tries later when there is nobody to connect to', async () => {
  const gone = await startFakeTwilio();
  await gone.close();
  const outcome = await aProvider({ baseUrl: gone.url }).send(aMessage());
  expect(outcome).toEqual({ kind: 'tryLater', cause: 'ECONNREFUSED', retryAfterMs: null });
});

it('throws for credentials and senders that Twilio refuses, and for a bug', async () => {
  const refused = { name: 'ProviderRefusedUs' };
  const stranger = aProvider({ authToken: 'wrong' });
  await expect(stranger.send(aMessage())).rejects.toMatchObject(refused);
  await expect(stranger.find(aMessage(), justNow())).rejects.toMatchObject(refused);

  server.plan(WANG, { error: 21606, status: 400 });
  await expect(aProvider().send(aMessage())).rejects.toMatchObject(refused);
  const noNumber = aMessage({ to: undefined as unknown as string });
  await expect(aProvider().send(noNumber)).rejects.toThrow("params['to']");
});

it('does not take for its own a text like it that is known to be another message', async () => {
  const sms = aProvider();
  const sinceAt = justNow();
  const sent = await sms.send(aMessage());
  const others = sent.kind === 'accepted' ? [sent.providerId] : [];
  expect(others).toHaveLength(1);
  expect(await sms.find(aMessage(), sinceAt, others)).toEqual({ kind: 'notFound' });
});
