import { createServer, type AddressInfo, type Server } from 'node:net';
import type { Letter, Mailer } from '../../providers/mailer';
import { smtpMailer, type SmtpSettings } from '../../providers/smtp';
import { GREYLISTED, REFUSED, startFakeSmtp, type FakeSmtp } from '../support/fake-smtp';

const WANG = 'wang@example.test';
/** Long enough for a busy machine; `SHORT_MS` where running into it is the point. */
const PATIENT_MS = 10_000;
const SHORT_MS = 1_000;
const aLetter = (changes: Partial<Letter> = {}): Letter => ({
  id: 'intent-1',
  to: WANG,
  subject: '电费通知 2026年3月',
  text: '尊敬的王先生:本月电费 123.45 元。',
  html: '<p>本月电费 <b>123.45</b> 元。</p>',
  ...changes,
});

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});
async function aServer(options: Parameters<typeof startFakeSmtp>[0] = {}): Promise<FakeSmtp> {
  const server = await startFakeSmtp(options);
  open.push(server);
  return server;
}
function aMailer(url: string, changes: Partial<SmtpSettings> = {}): Mailer {
  const mailer = smtpMailer({
    url,
    from: '塔北供电所 <fees@example.test>',
    idDomain: 'mail.example.test',
    timeoutMs: PATIENT_MS,
    ...changes,
  });
  open.push(mailer);
  return mailer;
}

it('hands a letter over with its fixed Message-ID, text, HTML, sender and purpose', async () => {
  const server = await aServer();
  const unsubscribeUrl = 'https://example.test/stop/abc';
  const outcome = await aMailer(server.url).send(aLetter({ purpose: 'marketing', unsubscribeUrl }));
  expect(outcome).toEqual({ kind: 'accepted', providerId: '<intent-1@mail.example.test>' });

  const [letter] = server.taken;
  expect(letter).toMatchObject({
    messageId: '<intent-1@mail.example.test>',
    recipients: [WANG],
    from: '"塔北供电所" <fees@example.test>',
    subject: '电费通知 2026年3月',
    html: expect.stringContaining('<b>123.45</b>') as string,
  });
  expect(letter?.text.trim()).toBe('尊敬的王先生:本月电费 123.45 元。');
  expect(letter?.header('x-tarim-purpose')).toBe('X-Tarim-Purpose: marketing');
  expect(letter?.header('auto-submitted')).toBe('Auto-Submitted: auto-generated');
  expect(letter?.header('list-unsubscribe')).toContain(`<${unsubscribeUrl}>`);
  expect(letter?.header('list-unsubscribe-post')).toContain('List-Unsubscribe=One-Click');
});

const reply = (phase: 'mail' | 'rcpt' | 'data', code: number, text: string) =>
  ({ reply: phase, code, text }) as const;
const later = (cause: string) => ({ kind: 'tryLater', cause, retryAfterMs: null });
const dead = (reason: string, code: string) => ({ kind: 'undeliverable', reason, code });
const unknown = (code: string) => ({ kind: 'unknown', cause: `${code} after the content` });

describe.each([{ pipelining: false }, { pipelining: true }])('server with %o', (options) => {
  it.each([
    ['no such mailbox', REFUSED, dead('badAddress', '550 5.1.1'), 0],
    ['greylisting', GREYLISTED, later('451 4.7.1'), 0],
    ['policy at RCPT', reply('rcpt', 554, '5.7.1 blocked'), dead('refused', '554 5.7.1'), 0],
    ['policy at DATA', reply('data', 554, '5.7.1 spam'), dead('refused', '554 5.7.1'), 0],
    ['too large', reply('data', 552, 'too large'), dead('refused', '552'), 0],
    ['full disk after DATA', reply('data', 452, '4.3.1 disk'), later('452 4.3.1'), 0],
    ['shutting down', reply('rcpt', 421, '4.3.2 bye'), later('421 4.3.2'), 0],
    ['reset at RCPT', { drop: 'rcpt' }, later(expect.any(String) as string), 0],
    ['silence at RCPT', { stall: 'rcpt' }, later('EABORT'), 0],
    ['reset after the content', { drop: 'data' }, unknown('ESOCKET'), 0],
    ['reset after acceptance', 'dropTaken', unknown('ESOCKET'), 1],
    ['silence after the content', { stall: 'data' }, unknown('EABORT'), 0],
  ] as const)('%s', async (_name, behaviour, outcome, takenCount) => {
    const server = await aServer(options);
    server.plan(WANG, behaviour);
    const isSilent = typeof behaviour === 'object' && 'stall' in behaviour;
    const mailer = aMailer(server.url, isSilent ? { timeoutMs: SHORT_MS } : {});
    const startedAt = performance.now();
    expect(await mailer.send(aLetter())).toEqual(outcome);
    expect(performance.now() - startedAt).toBeLessThan(SHORT_MS + 2_000);
    expect(server.taken).toHaveLength(takenCount);

    // The pool is none the worse for it: the next letter goes out.
    const next = await mailer.send(aLetter({ id: 'intent-2', to: 'liu@example.test' }));
    expect(next.kind).toBe('accepted');
  });
});

it.each([GREYLISTED, { drop: 'mail' }, { drop: 'rcpt' }, { stall: 'rcpt' }] as const)(
  'is accepted exactly once when it is tried again after %j',
  async (behaviour) => {
    const server = await aServer();
    server.plan(WANG, behaviour);
    const mailer = aMailer(server.url, { timeoutMs: SHORT_MS });
    expect(await mailer.send(aLetter())).toMatchObject({ kind: 'tryLater' });
    expect(await mailer.send(aLetter())).toMatchObject({ kind: 'accepted' });
    expect(server.taken).toHaveLength(1);
  },
);

it('doubles a letter of unknown fate when it is sent again blindly, under one Message-ID', async () => {
  const server = await aServer();
  server.plan(WANG, 'dropTaken');
  const mailer = aMailer(server.url);
  expect(await mailer.send(aLetter())).toMatchObject({ kind: 'unknown' });
  expect(await mailer.find(aLetter(), new Date().toISOString())).toEqual({ kind: 'cannotTell' });
  await mailer.send(aLetter());
  const [first, second] = server.taken;
  expect(second?.messageId).toBe(first?.messageId);
});

it('knows that a letter cut off half way was not taken', async () => {
  const server = await aServer();
  server.plan(WANG, { drop: 'content' });
  const outcome = await aMailer(server.url).send(aLetter({ html: '<p>'.repeat(3_000_000) }));
  expect(outcome).toEqual(later('ESOCKET'));
});

it('tries later when nobody listens, greets, or wants us today', async () => {
  const gone = await startFakeSmtp();
  await gone.close();
  const hangsUp = await hangingUp();
  const mute = await aServer({ greeting: 'stall' });
  const rude = await aServer({ greeting: { code: 554, text: 'no service for you' } });

  const send = (url: string) => aMailer(url, { timeoutMs: SHORT_MS }).send(aLetter());
  expect(await send(gone.url)).toEqual(later('ESOCKET'));
  expect(await send(`smtp://127.0.0.1:${hangsUp}`)).toEqual(later('ECONNECTION'));
  expect(await send(mute.url)).toEqual(later(expect.stringMatching(/EABORT|ETIMEDOUT/) as string));
  expect(await send(rude.url)).toEqual(later('554'));
});

it('throws for credentials and senders that the server refuses', async () => {
  const locked = await aServer({ password: 'right' });
  const as = (user: string) => aMailer(locked.url.replace('//', `//${user}@`)).send(aLetter());
  await expect(as('tarim:wrong')).rejects.toMatchObject({ name: 'ProviderRefusedUs' });
  await expect(aMailer(locked.url).send(aLetter())).rejects.toThrow('530');
  expect(await as('tarim:right')).toMatchObject({ kind: 'accepted' });

  const picky = await aServer();
  picky.plan(WANG, reply('mail', 553, '5.7.1 not your address'));
  await expect(aMailer(picky.url).send(aLetter())).rejects.toThrow('553');
});

it.each([
  'ok@x.test\r\nBcc: evil@x.test',
  'a@x.test, b@x.test',
  'a@x.test;b@x.test',
  'Wang <a@x.test>',
  'nobody',
])('lets no second recipient through: %j', async (to) => {
  const server = await aServer();
  expect(await aMailer(server.url).send(aLetter({ to }))).toMatchObject({ reason: 'badAddress' });
  expect(server.connections()).toBe(0);
});

it('moves a letter to a new connection when the server has ended the idle one', async () => {
  const server = await aServer();
  const mailer = aMailer(server.url);
  await mailer.send(aLetter());
  server.cut();
  expect(await mailer.send(aLetter({ id: 'intent-2' }))).toMatchObject({ kind: 'accepted' });
  expect(server.taken.map(({ messageId }) => messageId)).toEqual([
    '<intent-1@mail.example.test>',
    '<intent-2@mail.example.test>',
  ]);
});

it('reuses few connections for many letters, and keeps to its rate', async () => {
  const server = await aServer();
  const mailer = aMailer(server.url, { maxConnections: 2, perSecond: 50 });
  const ids = Array.from({ length: 10 }, (_, i) => `intent-${i}`);
  const outcomes = await Promise.all(ids.map((id) => mailer.send(aLetter({ id }))));
  expect(outcomes.every(({ kind }) => kind === 'accepted')).toBe(true);
  expect(server.connections()).toBe(2);
  expect(new Set(server.taken.map(({ messageId }) => messageId)).size).toBe(10);
});

it('close lets the letter under way end', async () => {
  const server = await aServer();
  const mailer = aMailer(server.url);
  await mailer.send(aLetter());
  const sending = mailer.send(aLetter({ id: 'intent-2' }));
  await new Promise(setImmediate);
  await mailer.close();
  expect(await sending).toMatchObject({ kind: 'accepted' });
});

/** Accepts a connection and ends it before it says anything. */
async function hangingUp(): Promise<number> {
  const server: Server = createServer((socket) => void socket.destroy());
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  open.push({ close: () => new Promise((done) => server.close(() => done())) });
  return (server.address() as AddressInfo).port;
}
