import type { LightMyRequestResponse } from 'fastify';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { startApi, type TestApi } from '../../support/api';
import { on } from '../../support/facts';
import { addCustomer, openMonth, openWorld, type World } from '../../support/world';

const BASE = 'https://tarim.example.test';
const TOKEN = 'the-token-of-the-test';
const PHONE = '+8613871281212';
const MESSAGE = '00000000-0000-4000-8000-000000000001';
const sid = (n: number): string => `SM${n.toString(16).padStart(32, '0')}`;

let world: World;
let api: TestApi;
beforeAll(async () => {
  world = await openWorld();
  const env = { PUBLIC_BASE_URL: BASE, TWILIO_AUTH_TOKEN: TOKEN };
  api = await startApi(env, { url: world.url });
});
afterAll(async () => {
  await api.close();
  await world.close();
});
beforeEach(async () => {
  await world.reset();
  await openMonth(world.db, 'wang');
  await sent('accepted', sid(1));
});

const sent = (status: string, providerId: string | null) => world.db.$executeRaw`
  insert into message (id, customer_no, period, step_key, purpose, channel, address, template_version, language, body, body_sha256,
    owed_fen, penalty_fen, status, provider, provider_id, sending_at)
  values (${MESSAGE}::uuid, 'wang', '2026-02', 'bill-notice', 'bill', 'sms', ${PHONE}, 1, 'zh-CN', '您好', 'x', 10000, 0, ${status},
    ${providerId === null ? '' : 'twilio'}, ${providerId}, ${on(-18)}::timestamptz)
  on conflict (id) do update set status = excluded.status, provider = excluded.provider, provider_id = excluded.provider_id`;

type Fields = Readonly<Record<string, string>>;
type More = Readonly<{ base?: string; token?: string; headers?: Record<string, string> }>;

/** Posts a form as Twilio does; signed for `base` by its own library. */
function post(path: string, fields: Fields, more: More = {}): Promise<LightMyRequestResponse> {
  const { base = BASE, token = TOKEN, headers = {} } = more;
  const url = `/api/v1/callbacks/twilio/${path}`;
  return api.app.inject({
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': getExpectedTwilioSignature(token, `${base}${url}`, fields),
      ...headers,
    },
    payload: new URLSearchParams(fields).toString(),
  });
}

const report = (MessageStatus: string, more: Fields = {}, path = 'status') =>
  post(path, { MessageSid: sid(1), MessageStatus, ...more });
const text = (n: number, Body: string, more: Fields = {}) =>
  post('inbound', { MessageSid: sid(n), From: PHONE, To: '+8613800000000', Body, ...more });
const message = () => world.db.message.findUniqueOrThrow({ where: { id: MESSAGE } });
const suppressed = () =>
  world.db.suppression.findMany({ select: { customerNo: true, reason: true, code: true } });

describe('what became of a message', () => {
  test('is kept, and an earlier word never takes the place of a later one, nor one end of another', async () => {
    for (const state of ['sent', 'delivered', 'sent', 'queued', 'delivered', 'undelivered'])
      expect((await report(state)).statusCode).toBe(200);
    expect(await message()).toMatchObject({ receipt: 'delivered', receiptCode: '' });
    expect(await suppressed()).toEqual([]);
  });

  test('a landline ends the channel and wakes the month, once however often it is told', async () => {
    for (let i = 0; i < 3; i++) await report('undelivered', { ErrorCode: '30006' });
    expect(await message()).toMatchObject({ receipt: 'undelivered', receiptCode: '30006' });
    expect(await suppressed()).toEqual([{ customerNo: 'wang', reason: 'landline', code: '30006' }]);
    expect(await world.db.nudge.count()).toBe(1);
  });

  test('a phone that is off ends nothing', async () => {
    await report('undelivered', { ErrorCode: '30003' });
    expect(await message()).toMatchObject({ receipt: 'undelivered' });
    expect(await suppressed()).toEqual([]);
  });

  test('a report that overtakes the answer finds the message by our own id, and settles it as taken', async () => {
    await sent('sending', null);
    expect((await report('sent', {}, `status?intent=${MESSAGE}`)).statusCode).toBe(200);
    expect(await message()).toMatchObject({
      status: 'accepted',
      provider: 'twilio',
      providerId: sid(1),
      receipt: 'sent',
      retryAt: null,
    });
  });

  test('another message of the provider never takes the place of the one that is ours', async () => {
    const other = { MessageSid: sid(9), MessageStatus: 'delivered' };
    expect((await post(`status?intent=${MESSAGE}`, other)).statusCode).toBe(404);
    expect(await message()).toMatchObject({ providerId: sid(1), receipt: null });
  });

  test('of a message that is not ours: 404, and nothing is left', async () => {
    const answer = await post('status', { MessageSid: sid(7), MessageStatus: 'delivered' });
    expect(answer.statusCode).toBe(404);
    expect(await message()).toMatchObject({ receipt: null });
  });
});

describe('a text that comes in', () => {
  test.each(['STOP', '退订', 'td'])('%s ends texts to the number, on record', async (word) => {
    await addCustomer(world.db, 'shop', { phone: PHONE });
    const answer = await text(2, word);
    expect([answer.statusCode, answer.headers['content-type'], answer.body]).toEqual([
      200,
      expect.stringContaining('text/xml'),
      '<?xml version="1.0" encoding="UTF-8"?><Response/>',
    ]);
    const ended = (customerNo: string) => ({ customerNo, reason: 'optedOut', code: 'STOP' });
    expect(await suppressed()).toEqual([ended('shop'), ended('wang')]);
    const entries = await world.db.command.findMany({ orderBy: { customerNo: 'asc' } });
    expect(entries).toMatchObject([
      { kind: 'optOut', customerNo: 'shop', door: 'callback', actor: 'twilio' },
      { kind: 'optOut', customerNo: 'wang', door: 'callback', actor: 'twilio' },
    ]);
    expect(JSON.stringify(entries)).not.toContain(PHONE);
  });

  test('START takes the opting out back, and nothing else; a replayed STOP does not return', async () => {
    await text(2, 'STOP');
    await text(3, 'START');
    await text(2, 'STOP');
    expect(await suppressed()).toEqual([]);
    await report('undelivered', { ErrorCode: '30006' });
    await text(4, 'START');
    expect(await suppressed()).toMatchObject([{ reason: 'landline' }]);
    expect(await world.db.command.count()).toBe(3);
  });

  test('any other text stands once in the timeline of the one customer whose number it is', async () => {
    for (let i = 0; i < 2; i++) await text(5, '已缴费,\r\n请查<b>');
    const timeline = await (await api.as('clerk')).get('/customers/wang/timeline');
    const wrote = timeline
      .json<{ items: { kind: string; text: string }[] }>()
      .items.filter(({ kind }) => kind === 'wroteBack');
    expect(wrote).toHaveLength(1);
    expect(wrote[0]?.text).toContain('已缴费, 请查<b>');
  });

  test('from a number of two customers, or of nobody, only the fact is kept', async () => {
    await addCustomer(world.db, 'shop', { phone: PHONE });
    await text(5, '已缴费');
    await text(6, 'hello', { From: '+8613900000000' });
    expect(
      await world.db.inboundMessage.findMany({ orderBy: { providerId: 'asc' } }),
    ).toMatchObject([
      { customerNo: null, body: '', word: 'other' },
      { customerNo: null, body: '', word: 'other' },
    ]);
  });
});

describe('hostile hands', () => {
  const stop = { MessageSid: sid(2), From: PHONE, Body: 'STOP' };
  const nothing = async () => {
    expect(await suppressed()).toEqual([]);
    expect(await world.db.inboundMessage.count()).toBe(0);
    expect(await world.db.command.count()).toBe(0);
  };

  test('a signature by another token, for another host, of another form, or none is refused and leaves nothing', async () => {
    const evil = 'https://evil.example.test';
    const answers = [
      await post('inbound', stop, { token: 'guessed' }),
      await post('inbound', stop, {
        base: evil,
        headers: {
          host: 'evil.example.test',
          'x-forwarded-host': 'evil.example.test',
          'x-forwarded-proto': 'https',
        },
      }),
      await post('inbound', stop, { headers: { 'x-twilio-signature': '' } }),
      await post('inbound', stop, { headers: { 'x-twilio-signature': 'ü'.repeat(28) } }),
      await post('inbound', stop, {
        headers: {
          'x-twilio-signature': getExpectedTwilioSignature(
            TOKEN,
            `${BASE}/api/v1/callbacks/twilio/inbound`,
            { ...stop, From: '+8613900000000' },
          ),
        },
      }),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403, 403, 403]);
    await nothing();
  });

  test('a right signature passes whatever the headers say of the host', async () => {
    const headers = { host: 'evil.example.test', 'x-forwarded-host': 'evil.example.test' };
    expect((await post('inbound', stop, { headers })).statusCode).toBe(200);
  });

  test('a signature for one address opens no other', async () => {
    const url = `${BASE}/api/v1/callbacks/twilio/status`;
    const headers = { 'x-twilio-signature': getExpectedTwilioSignature(TOKEN, url, stop) };
    expect((await post('inbound', stop, { headers })).statusCode).toBe(403);
    await nothing();
  });

  test('a huge form is 413, a signed one without its fields, or with a wrong one, 400', async () => {
    const huge = await post('inbound', { ...stop, Body: 'x'.repeat(70_000) });
    const bare = await post('inbound', { From: PHONE });
    const wrong = await post('status', { MessageSid: "SM1' or true", MessageStatus: 'sent' });
    const injected = await post('inbound', { ...stop, From: '+1\r\nX-Evil: 1' });
    expect([huge, bare, wrong, injected].map(({ statusCode }) => statusCode)).toEqual([
      413, 400, 400, 400,
    ]);
    expect(injected.headers['x-evil']).toBeUndefined();
    await nothing();
  });

  test('where there is no public address or no token, callbacks are off and say so', async () => {
    const bare = await startApi({ PUBLIC_BASE_URL: BASE }, { url: world.url });
    const answer = await bare.app.inject({
      method: 'POST',
      url: '/api/v1/callbacks/twilio/inbound',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(stop).toString(),
    });
    await bare.close();
    expect([answer.statusCode, answer.json<{ detail: string }>().detail]).toEqual([
      404,
      'Callbacks are off here: they need PUBLIC_BASE_URL and TWILIO_AUTH_TOKEN.',
    ]);
    await nothing();
  });
});
