import { setClock } from '../../../db/clock';
import { startApi, type Caller, type TestApi } from '../../support/api';
import { on } from '../../support/facts';
import { openMonth, openWorld, type World } from '../../support/world';

let world: World;
let api: TestApi;
let all: Caller;
let tb02: Caller;
beforeAll(async () => {
  world = await openWorld();
  api = await startApi({}, { url: world.url });
  await world.reset();
  await setClock(world.db, on(5), 'test');
  await openMonth(world.db, 'wang');
  await openMonth(world.db, 'liu');
  await fill(world);
  all = await api.as('supervisor');
  tb02 = await api.as('clerk', { stations: ['TB02'] });
});
afterAll(async () => {
  await api.close();
  await world.close();
});

const MESSAGE = '00000000-0000-4000-8000-000000000001';

/** Something of everything for wang of TB01; liu of TB02 has a bill and a month only. */
async function fill({ db }: World): Promise<void> {
  await db.$executeRaw`
    insert into payment (payment_ref, customer_no, given_customer_no, amount_fen, received_at, channel)
    values ('p1', 'wang', 'wang', 2500, ${on(-3)}::timestamptz, 'bank'), ('p2', null, 'nobody', 700, ${on(-2)}::timestamptz, 'bank')`;
  await db.$executeRaw`
    insert into message (id, customer_no, period, step_key, purpose, channel, address, template_version, language, body, body_sha256, owed_fen, penalty_fen, status, sending_at)
    values (${MESSAGE}::uuid, 'wang', '2026-02', 'bill-notice', 'bill', 'sms', '+8613871281212', 1, 'zh-CN', '您好', 'x', 10000, 0, 'accepted', ${on(-18)}::timestamptz)`;
  await db.$executeRaw`
    insert into step (bill_no, step_key, customer_no, period, kind, status, because, planned_at, at)
    values ('b-wang', 'bill-notice', 'wang', '2026-02', 'billNotice', 'done', '{}', ${on(-18)}::timestamptz, ${on(-18)}::timestamptz),
      ('b-wang', 'pre-due-1', 'wang', '2026-02', 'preDueReminder', 'expired', '{held}', ${on(-3)}::timestamptz, ${on(1)}::timestamptz)`;
  await db.$executeRaw`
    insert into intent (bill_no, step_key, channel, message_id, suppressed_because, at)
    values ('b-wang', 'bill-notice', 'sms', ${MESSAGE}::uuid, null, ${on(-18)}::timestamptz),
      ('b-wang', 'bill-notice', 'email', null, 'notChosen', ${on(-18)}::timestamptz)`;
  await db.$executeRaw`
    insert into promise (id, customer_no, promised_on, made_at, made_to) values ('pr1', 'wang', '2026-03-28', ${on(1)}::timestamptz, 'chen')`;
  await db.$executeRaw`
    insert into dispute (id, bill_no, customer_no, reason, opened_by, opened_at) values ('d1', 'b-wang', 'wang', 'meter', 'chen', ${on(2)}::timestamptz)`;
  await db.$executeRaw`
    insert into hold (id, scope, ref, from_at, reason, placed_by, placed_at)
    values ('h1', 'bill', 'b-wang', ${on(2)}::timestamptz, 'meter', 'chen', ${on(2)}::timestamptz), ('h2', 'everything', '', ${on(3)}::timestamptz, 'storm', 'chen', ${on(3)}::timestamptz)`;
  await db.$executeRaw`
    insert into grade (customer_no, as_of, level, score, reasons, source, policy_id)
    values ('wang', ${on(-18)}::timestamptz, 2, 40, ${JSON.stringify(REASONS)}::jsonb, 'graded', 'tabei-grade-v1')`;
}
const REASONS = [
  {
    factor: 'lateMonths',
    points: 12,
    why: '2 late months of 6',
    params: { lateMonths: 2, monthsSeen: 6 },
  },
  { factor: 'usage', points: 5, why: 'industrial', params: {} },
  { factor: 'override', points: 0, why: '大额欠费', params: {} },
];

type Page = { items: Record<string, unknown>[]; nextCursor: string | null };
const page = async (who: Caller, url: string): Promise<Page> => {
  const answer = await who.get(url);
  expect([url, answer.statusCode]).toEqual([url, 200]);
  return answer.json<Page>();
};

test.each<[string, string, number, number]>([
  ['/bills', 'billNo', 2, 1],
  ['/bills?state=open', 'billNo', 2, 1],
  ['/bills?state=overdue&customerNo=wang', 'billNo', 1, 0],
  ['/bills?period=2026-01', 'billNo', 0, 0],
  ['/payments', 'paymentRef', 2, 0],
  ['/payments?matched=false', 'paymentRef', 1, 0],
  ['/payments?customerNo=wang', 'paymentRef', 1, 0],
  ['/messages', 'id', 1, 0],
  ['/messages?status=waiting', 'id', 0, 0],
  ['/messages?channel=sms&period=2026-02&customerNo=wang', 'id', 1, 0],
  ['/cycles', 'customerNo', 2, 1],
  ['/cycles?outcome=open&level=3', 'customerNo', 2, 1],
  ['/cycles?outcome=paid', 'customerNo', 0, 0],
  ['/promises', 'id', 1, 0],
  ['/promises?state=broken', 'id', 0, 0],
  ['/disputes', 'id', 1, 0],
  ['/disputes?state=ended', 'id', 0, 0],
  ['/holds?customerNo=liu', 'id', 1, 1],
  ['/holds?customerNo=wang', 'id', 2, 1],
])(
  '%s shows to each their stations only, page by page what it shows at once',
  async (url, key, ofAll, ofOne) => {
    const whole = await page(all, url);
    expect(whole.items).toHaveLength(ofAll);
    expect((await page(tb02, url)).items).toHaveLength(ofOne);
    const seen: unknown[] = [];
    let cursor: string | null = null;
    do {
      const next: string = cursor === null ? '' : `&cursor=${cursor}`;
      const one: Page = await page(all, `${url}${url.includes('?') ? '&' : '?'}limit=1${next}`);
      seen.push(...one.items.map((item) => item[key]));
      cursor = one.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(whole.items.map((item) => item[key]));
  },
);

test.each(['/bills', '/payments', '/messages', '/cycles', '/promises', '/disputes'])(
  '%s refuses a cursor of another list',
  async (url) => {
    const cursor = Buffer.from('["no", 1]').toString('base64url');
    expect((await all.get(`${url}?cursor=${cursor}`)).statusCode).toBe(400);
  },
);

test('a bill tells what of it is open', async () => {
  expect((await all.get('/bills/b-wang')).json()).toMatchObject({
    amountFen: 10_000,
    outstandingFen: 7_500,
    disputed: true,
  });
});

test('a message tells all that it said', async () => {
  expect((await all.get(`/messages/${MESSAGE}`)).json()).toMatchObject({
    body: '您好',
    billNos: ['b-wang'],
  });
});

test('a month tells each rung, and by which channel it went or why not', async () => {
  const month = (await all.get('/customers/wang/cycles/2026-02')).json<{ steps: object[] }>();
  expect(month.steps).toMatchObject([
    {
      stepKey: 'bill-notice',
      status: 'done',
      channels: [
        { channel: 'email', messageId: null, suppressedBecause: 'notChosen' },
        { channel: 'sms', messageId: MESSAGE, suppressedBecause: null },
      ],
    },
    { stepKey: 'pre-due-1', status: 'expired', because: ['held'], channels: [] },
  ]);
});

test("grades are explained in the reader's language", async () => {
  const texts = async (language: string): Promise<unknown[]> => {
    const answer = await all.get('/customers/wang/grades', { 'accept-language': language });
    const { items } = answer.json<{ items: { reasons: { text: string }[] }[] }>();
    return items.flatMap(({ reasons }) => reasons.map(({ text }) => text));
  };
  expect(await texts('en')).toEqual([
    'late months: 2 of 6 (+12)',
    'usage: industrial (+5)',
    'by override: 大额欠费 (+0)',
  ]);
  expect(await texts('zh-CN')).toEqual([
    '逾期月数：6 个月中 2 个月（+12 分）',
    '用电性质：工业（+5 分）',
    '人工核定：大额欠费（+0 分）',
  ]);
});

test.each([
  '/bills/b-wang',
  `/messages/${MESSAGE}`,
  '/customers/wang/cycles/2026-02',
  '/customers/wang/grades',
])('%s is not found by a clerk of another station', async (url) => {
  expect((await all.get(url)).statusCode).toBe(200);
  expect((await tb02.get(url)).statusCode).toBe(404);
});

test('what is not there is not found', async () => {
  for (const url of [
    '/bills/none',
    `/messages/${MESSAGE.replace('1', '2')}`,
    '/customers/wang/cycles/2026-01',
    '/customers/nobody/grades',
  ])
    expect([url, (await all.get(url)).statusCode]).toEqual([url, 404]);
});
