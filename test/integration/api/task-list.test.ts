import { setClock } from '../../../db/clock';
import { toInstant } from '../../../domain/time';
import { startApi, type Caller, type TestApi } from '../../support/api';
import { openMonth, openWorld, type World } from '../../support/world';

type Page = Readonly<{
  items: { id: string; kind: string; dueAt: string }[];
  nextCursor: string | null;
}>;

let world: World;
let api: TestApi;
let zhou: Caller;
let boss: Caller;
beforeAll(async () => {
  world = await openWorld();
  api = await startApi({}, { url: world.url });
  zhou = await api.as('collector', { stations: ['TB01'], assignee: 'zhou' });
  boss = await api.as('supervisor');
});
afterAll(async () => {
  await api.close();
  await world.close();
});
beforeEach(() => world.reset());

const HOUR = 3_600_000;
let n = 0;
async function add(kind: string, dueInHours: number, more: object = {}): Promise<string> {
  const task = await world.db.task.create({
    data: {
      ...{ customerNo: 'wang', station: 'TB01', kind, stepKey: `s${(n += 1)}`, why: 'callTask' },
      ...{ assignee: 'zhou', openedAt: new Date(Date.now() - 90 * HOUR) },
      ...{ dueAt: new Date(Date.now() + dueInHours * HOUR), ...more },
    },
  });
  return task.id;
}

const list = async (query: string, by = boss): Promise<Page> =>
  (await by.get(`/tasks${query}`)).json<Page>();
const ids = async (query: string, by = boss): Promise<string[]> =>
  (await list(query, by)).items.map(({ id }) => id);

test('tasks are found by whose, where, what, in which state and until when', async () => {
  const late = await add('call', -2);
  const passedOn = await add('visit', -1, {
    ...{ escalatedAt: new Date(), assignee: 'supervisor:TB01' },
  });
  const today = await add('letter', 3);
  const far = await add('call', 300, { customerNo: 'liu', station: 'TB02', assignee: 'ma' });
  const done = await add('call', 1, { outcome: 'reached', doneAt: new Date(), doneBy: 'zhou' });
  const before = new Date(Date.now() + 24 * HOUR).toISOString();
  const cases: [string, string[]][] = [
    ['', [late, passedOn, today, far]],
    ['?station=TB02', [far]],
    ['?assignee=zhou', [late, today]],
    ['?kind=call', [late, far]],
    ['?customerNo=liu', [far]],
    ['?overdue=true', [late, passedOn]],
    ['?overdue=true&state=all', [late, passedOn]],
    ['?overdue=false', [late, passedOn, today, far]],
    [`?dueBefore=${before}&kind=letter`, [today]],
    [`?dueBefore=${before}`, [late, passedOn, today]],
    ['?dueInDays=30', [late, passedOn, today, far]],
    [`?dueInDays=30&dueBefore=${before}`, [late, passedOn, today]],
    ['?state=escalated', [passedOn]],
    ['?state=done', [done]],
    ['?state=all', [late, passedOn, done, today, far]],
  ];
  for (const [query, found] of cases) expect([query, await ids(query)]).toEqual([query, found]);
  expect(await ids('?mine=true', zhou)).toEqual([late, today]);
  expect(await ids('', zhou)).toEqual([late, passedOn, today]);
  expect(await ids('?station=TB02', zhou)).toEqual([]);
});

test('days until due are counted by the clock of the station, and so is what is overdue', async () => {
  const soon = await add('call', 1);
  await add('call', 60);
  await setClock(world.db, toInstant(new Date(Date.now() + 2 * HOUR).toISOString()), 'test');
  const { items } = await list('?dueInDays=1');
  expect(items).toMatchObject([{ id: soon, overdue: true, whyText: '电话催收' }]);
  expect(await ids('?overdue=true')).toEqual([soon]);
  await setClock(world.db, toInstant(new Date(Date.now() + 48 * HOUR).toISOString()), 'test');
  expect(await ids('?dueInDays=1')).toHaveLength(2);
});

test('pages follow each other by due instant, each task once, also where many are due at one', async () => {
  const at = new Date(Date.now() + 5 * HOUR);
  const all = new Set<string>();
  for (let i = 0; i < 7; i += 1) all.add(await add('call', 0, i % 3 === 0 ? {} : { dueAt: at }));
  const seen: Page['items'] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Page = await list(`?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
    seen.push(...page.items);
    cursor = page.nextCursor;
  }
  expect(new Set(seen.map(({ id }) => id))).toEqual(all);
  expect(seen).toHaveLength(all.size);
  expect(seen).toEqual([...seen].sort((a, b) => (a.dueAt + a.id < b.dueAt + b.id ? -1 : 1)));
});

test.each([
  ['?mine=true', 'Nothing is given to '],
  ['?kind=dance', 'querystring/kind'],
  ['?state=lost', 'querystring/state'],
  ['?dueBefore=tomorrow', 'not an instant'],
  ['?open=true', 'open'],
  ['?dueInDays=367', 'querystring/dueInDays'],
  ['?cursor=bm8', 'The cursor is none'],
])('a list cannot be asked for by %s', async (query, sentence) => {
  const answer = await boss.get(`/tasks${query}`);
  expect(answer.statusCode).toBe(400);
  expect(answer.json<{ detail: string }>().detail).toContain(sentence);
});

describe('one task', () => {
  const show = async (id: string, language = 'zh-CN', by = zhou) =>
    by.get(`/tasks/${id}`, { 'accept-language': language });

  test('tells who, where, what is owed by bill, what was promised and what was said last', async () => {
    await world.db.customer.update({
      where: { customerNo: 'wang' },
      data: { address: '塔北路 7 号' },
    });
    await openMonth(world.db, 'wang');
    await world.db.payment.create({
      data: {
        ...{ paymentRef: 'P1', customerNo: 'wang', givenCustomerNo: 'wang', amountFen: 3_000n },
        ...{ channel: 'counter', receivedAt: new Date('2026-03-25T01:00:00Z') },
      },
    });
    await world.db.promise.create({
      data: {
        ...{ id: 'pr', customerNo: 'wang', promisedOn: new Date('2026-03-28') },
        ...{ madeAt: new Date('2026-03-26T01:00:00Z'), madeTo: 'zhou', kept: false },
        settledAt: new Date('2026-03-29T01:00:00Z'),
      },
    });
    const answer = await show(await add('call', 3));
    expect(answer.json()).toMatchObject({
      ...{ name: 'wang', kind: 'call', whyText: '电话催收', owedFen: 7_000 },
      customer: { phone: '+8613871281212', address: '塔北路 7 号', category: 'residential' },
      bills: [{ billNo: 'b-wang', outstandingFen: 7_000, dueOn: '2026-03-20' }],
      lastPromise: { promisedOn: '2026-03-28', kept: false },
      recent: [
        { text: '承诺未兑现（2026年3月28日）' },
        { text: '承诺 2026年3月28日 前缴清，zhou' },
        { text: '收到缴费 ¥30.00，营业厅（P1）' },
      ],
    });
    expect(answer.json<{ penaltyFen: number }>().penaltyFen).toBeGreaterThan(0);
  });

  test('says what each outcome will do, in the language of the reader', async () => {
    const id = await add('call', 3);
    type Told = { endings: { outcome: string; label: string; effect: string; needs: string }[] };
    const told = async (language: string) =>
      (await show(id, language)).json<Told>().endings.find(({ outcome }) => outcome === 'promise');
    expect(await told('zh-CN')).toEqual({
      ...{ outcome: 'promise', label: '承诺缴费', needs: 'promisedOn' },
      effect: '承诺日终了前暂停催收；届时自动核对是否兑现。',
    });
    expect(await told('en')).toMatchObject({ label: 'promises to pay' });
    const letter = (await show(await add('letter', 3))).json<Told>();
    expect(letter.endings.map(({ outcome, needs }) => [outcome, needs])).toEqual([
      ['served', null],
      ['left', 'note'],
      ['notServed', null],
    ]);
  });

  test('of another station is not there, like one that nobody gave', async () => {
    const id = await add('call', 3, { customerNo: 'liu', station: 'TB02' });
    expect((await show(id)).statusCode).toBe(404);
    expect((await show('00000000-0000-4000-8000-000000000000')).statusCode).toBe(404);
    expect((await show(id, 'en', boss)).statusCode).toBe(200);
  });
});
