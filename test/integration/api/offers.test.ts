import { createDeviceActivities } from '../../../activities/device';
import { stationNow } from '../../../db/clock';
import { openDeviceCase } from '../../../db/devices';
import { loadAccounts } from '../../../db/facts';
import { openRuleBook } from '../../../db/rules';
import type { DevicePlan } from '../../../domain/device';
import { plusMs, type Instant } from '../../../domain/time';
import { capturingSms } from '../../../providers/capture';
import { smtpMailer } from '../../../providers/smtp';
import { startApi, type Caller, type TestApi } from '../../support/api';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';
import { addBill, MONTH, openMonth, openWorld, type World } from '../../support/world';

const BASE = 'https://fees.example.test';
const DAY_MS = 86_400_000;
let world: World;
let api: TestApi;
let collector: Caller;
let smtp: FakeSmtp;
let mailer: ReturnType<typeof smtpMailer>;
let id: string;
let before = 0;
beforeAll(async () => {
  world = await openWorld();
  const env = { PUBLIC_BASE_URL: BASE, UNSUBSCRIBE_SECRET: 'a secret of thirty-two characters' };
  api = await startApi(env, { url: world.url });
  collector = await api.as('collector', { username: 'zhou', stations: ['TB01'] });
  smtp = await startFakeSmtp();
  const settings = { from: 'fees@example.test', idDomain: 'example.test', timeoutMs: 10_000 };
  mailer = smtpMailer({ ...settings, url: smtp.url });
});
afterAll(async () => {
  await mailer.close();
  await smtp.close();
  await api.close();
  await world.close();
});
/** Wang was late for four months, so that the record calls for the device. */
beforeEach(async () => {
  await world.reset();
  before = smtp.taken.length;
  await openMonth(world.db, 'wang');
  const at = await stationNow(world.db);
  const months = [1, 2, 3, 4].map((ago) => plusMs(at, -ago * 31 * DAY_MS).slice(0, 10));
  for (const [index, day] of months.entries())
    await addBill(world.db, 'wang', {
      ...{ billNo: `late-${index}`, period: day.slice(0, 7), issuedOn: day, dueOn: day },
    });
  const opened = { customerNo: 'wang', why: 'often late', at, dueAt: plusMs(at, 90 * DAY_MS) };
  await openDeviceCase(world.db, { ...opened, offsetMs: 0 });
  id = (await world.db.deviceCase.findFirstOrThrow()).id;
});

/** What the mail server took in this test. */
const letters = () => smtp.taken.slice(before);
const order = (by = collector, headers = {}) =>
  by.send('POST', `/proposals/${id}/letter`, { reason: 'he asked for it' }, headers);
const wanted = (yes: boolean) =>
  collector.send('POST', '/customers/wang/offers', { wanted: yes, reason: 'on the telephone' });
const said = (answer: { statusCode: number; json: () => unknown }) => {
  const { result, detail } = answer.json() as { result?: string; detail?: string };
  return [answer.statusCode, result ?? detail];
};
/** What the proposal's run does at an instant. */
const runAt = (asOf: Instant): Promise<DevicePlan> => {
  const book = openRuleBook(world.db);
  const device = createDeviceActivities({ db: world.db, book, mailer, sms: capturingSms() });
  return device.takeDeviceTurn({ customerNo: 'wang', asOf });
};
/** It is woken, and sleeps until the letter may go out. */
async function run(): Promise<DevicePlan> {
  const plan = await runAt(await stationNow(world.db));
  return plan.do === 'deliver' ? runAt(plan.at) : plan;
}
async function linkOfLetter(): Promise<string> {
  await order();
  await run();
  const header = letters()[0]?.header('list-unsubscribe') ?? '';
  return /<https:\/\/fees\.example\.test([^>]+)>/.exec(header.replace(/\s+/g, ''))?.[1] ?? '';
}
const click = (url: string, payload?: string, type = 'application/x-www-form-urlencoded') =>
  api.app.inject({
    ...{ method: 'POST', url },
    ...(payload === undefined ? {} : { payload, headers: { 'content-type': type } }),
  });
const optOuts = () => world.db.offerOptOut.findMany({ select: { customerNo: true, toldBy: true } });
const facts = async () => {
  const [account] = await loadAccounts(world.db, ['wang'], MONTH, await stationNow(world.db));
  return account?.facts;
};
const status = async () => {
  const found = await world.db.message.findFirst({ where: { purpose: 'marketing' } });
  return [found?.status, found?.detail];
};

describe('the letter that offers the device', () => {
  test('goes out when a person ordered it, once, says how to end such letters, and is on record', async () => {
    expect(said(await order())).toEqual([200, 'applied']);
    expect(letters()).toEqual([]);
    await run();
    await run();
    const [letter, ...more] = letters();
    expect(more).toEqual([]);
    expect(letter?.recipients).toEqual(['wang@example.test']);
    expect(letter?.header('x-tarim-purpose')).toBe('X-Tarim-Purpose: marketing');
    expect(letter?.header('list-unsubscribe-post')).toContain('List-Unsubscribe=One-Click');
    expect(letter?.text).toContain(`${BASE}/api/v1/unsubscribe/`);
    const { items } = (await collector.get('/customers/wang/timeline')).json<{
      items: { kind: string; params: object }[];
    }>();
    expect(items.filter(({ kind }) => kind === 'offerLetter')).toMatchObject([
      { params: { status: 'accepted', because: [] } },
    ]);
    expect(said(await order())).toEqual([409, 'This proposal had its letter already.']);
  });

  test('a trial leaves nothing, and a repeat of the same order is one', async () => {
    expect(said(await order(collector, { 'x-dry-run': 'true' }))).toEqual([200, 'wouldApply']);
    expect(await world.db.message.count()).toBe(0);
    const key = { 'idempotency-key': 'offer-1' };
    expect(said(await order(collector, key))).toEqual([200, 'applied']);
    expect(said(await order(collector, key))).toEqual([200, 'repeated']);
    expect(await world.db.message.count()).toBe(1);
  });

  test('goes out a day later when there was another message that day, and itself counts only once it is sent', async () => {
    await order();
    expect((await facts())?.messagesAt).toEqual([]);
    const { retryAt, customerNo } = await world.db.message.findFirstOrThrow();
    const sendAt = (retryAt ?? new Date(0)).toISOString() as Instant;
    const text = { body: '', bodySha256: '', templateVersion: 1, language: 'zh-CN', address: '' };
    await world.db.message.create({
      data: {
        ...{ ...text, customerNo, period: MONTH, stepKey: 'bill-notice', purpose: 'bill' },
        ...{ channel: 'sms', owedFen: 1n, penaltyFen: 0n, status: 'accepted', sendingAt: sendAt },
      },
    });
    const plan = await runAt(sendAt);
    const next = plan.do === 'deliver' ? plan.at : sendAt;
    expect(next.slice(0, 10) > sendAt.slice(0, 10)).toBe(true);
    expect(letters()).toEqual([]);
    await runAt(next);
    expect(letters()).toHaveLength(1);
    const [account] = await loadAccounts(world.db, ['wang'], MONTH, next);
    expect(account?.facts.messagesAt).toContain(next);
  });

  test('is not ordered in a hold, without an address, by who may not, or about another station', async () => {
    const chen = await api.as('supervisor', { stations: ['TB01'] });
    const hold = { scope: 'customer', ref: 'wang', reason: 'flood' };
    await chen.send('POST', '/holds', hold);
    expect(said(await order())).toEqual([
      409,
      'The customer is held. Nothing is sent until the hold ends.',
    ]);
    await chen.send('POST', '/holds/release', hold);
    const stranger = await api.as('supervisor', { stations: ['TB02'] });
    expect((await order(stranger)).statusCode).toBe(404);
    expect((await order(await api.as('clerk'))).statusCode).toBe(403);
    await world.db.customer.updateMany({ data: { email: null } });
    expect(said(await order())[0]).toBe(409);
    expect(await world.db.message.count()).toBe(0);
  });

  test('is not ordered where nobody could end such letters', async () => {
    const bare = await startApi({}, { url: world.url });
    const answer = await order(await bare.as('collector', { stations: ['TB01'] }));
    expect(said(answer)).toEqual([409, expect.stringContaining('UNSUBSCRIBE_SECRET')]);
    await bare.app.close();
  });

  test.each([
    ['offers were ended', () => wanted(false), 'offersUnwanted'],
    [
      'a hold was placed',
      () =>
        world.db.hold.create({
          data: {
            ...{ id: 'h', scope: 'customer', ref: 'wang', reason: 'flood', placedBy: 'chen' },
            ...{ fromAt: new Date(0), placedAt: new Date(0) },
          },
        }),
      'held',
    ],
    [
      'the customer agreed',
      () => world.db.deviceCase.updateMany({ data: { stage: 'agreed' } }),
      'notOffered',
    ],
  ] as const)('is not sent when %s in between, and says so', async (_, between, because) => {
    await order();
    await between();
    await run();
    expect([await status(), letters()]).toEqual([['dropped', because], []]);
  });

  test('of a proposal that ended is not sent', async () => {
    await order();
    await collector.send('POST', `/proposals/${id}/withdrawal`, { reason: 'no meter fits' });
    expect(await run()).toMatchObject({ do: 'close' });
    expect([await status(), letters()]).toEqual([['dropped', 'notOffered'], []]);
  });
});

describe('the address in the letter', () => {
  test('asks when it is opened, and ends offers and nothing else when it is posted to, however often', async () => {
    const url = await linkOfLetter();
    const asked = await api.app.inject(url);
    expect([asked.statusCode, asked.headers['content-type']]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect(asked.body).toContain('<form method="post">');
    expect(asked.headers['content-security-policy']).toContain("form-action 'self'");
    expect(await optOuts()).toEqual([]);

    for (const body of ['List-Unsubscribe=One-Click', '', undefined])
      expect((await click(url, body)).statusCode).toBe(200);
    const form =
      '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
    expect((await click(url, form, 'multipart/form-data; boundary=x')).statusCode).toBe(200);
    expect(await optOuts()).toEqual([{ customerNo: 'wang', toldBy: 'customer' }]);
    expect(await world.db.command.count({ where: { kind: 'offersUnwanted' } })).toBe(1);
    expect(await facts()).toMatchObject({
      device: { restUntil: '9999-12-31' },
      reachable: ['sms', 'email'],
    });
  });

  test('ends them again after a person recorded that they are wanted again', async () => {
    const url = await linkOfLetter();
    await click(url);
    expect(said(await wanted(true))).toEqual([200, 'applied']);
    expect(await facts()).toMatchObject({ device: { restUntil: null } });
    expect(said(await wanted(true))).toEqual([409, 'That is on record already.']);
    await click(url);
    expect(await optOuts()).toHaveLength(1);
  });

  test('that is forged, cut off or of no letter of ours opens nothing and leaves nothing', async () => {
    const url = await linkOfLetter();
    const token = url.split('/').at(-1) ?? '';
    const other = `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`;
    const forged = [other, token.slice(0, 43), `${token}A`, token.slice(22).repeat(2), 'x', '%00'];
    for (const wrong of forged) {
      const address = url.replace(token, wrong);
      expect((await api.app.inject(address)).statusCode).toBe(404);
      expect((await click(address, 'List-Unsubscribe=One-Click')).statusCode).toBe(404);
    }
    expect((await click(url, 'x'.repeat(5_000))).statusCode).toBe(413);
    await world.db.message.updateMany({ data: { purpose: 'bill' } });
    expect((await click(url)).statusCode).toBe(404);
    expect(await optOuts()).toEqual([]);
  });
});
