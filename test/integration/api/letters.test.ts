import { setTimeout } from 'node:timers/promises';
import { setClock } from '../../../db/clock';
import { startApi, type Caller, type TestApi } from '../../support/api';
import { on } from '../../support/facts';
import { readPdf } from '../../support/read-pdf';
import { addBill, openMonth, openWorld, type World } from '../../support/world';

let world: World;
let api: TestApi;
let zhou: Caller;
let boss: Caller;
beforeAll(async () => {
  world = await openWorld();
  api = await startApi({}, { url: world.url });
  zhou = await api.as('collector', { username: 'zhou', stations: ['TB01'], assignee: 'zhou' });
  await world.db.staff.update({ where: { username: 'zhou' }, data: { name: '周明' } });
  boss = await api.as('supervisor');
});
afterAll(async () => {
  await api.close();
  await world.close();
});
beforeEach(async () => {
  await world.reset();
  await setClock(world.db, on(10), 'test');
  const data = { name: '欧阳䶮喆', address: '团结路 7 号' };
  await world.db.customer.update({ where: { customerNo: 'wang' }, data });
  for (const no of ['wang', 'liu']) await openMonth(world.db, no);
});

let n = 0;
async function add(customerNo = 'wang', more: object = {}): Promise<string> {
  const { station } = await world.db.customer.findUniqueOrThrow({ where: { customerNo } });
  const task = await world.db.task.create({
    data: {
      ...{ customerNo, station, kind: 'letter', stepKey: `s${(n += 1)}`, why: 'demand' },
      ...{ assignee: 'zhou', openedAt: on(9), dueAt: on(12, 20 * 60 + n), ...more },
    },
  });
  return task.id;
}
const payment = (amountFen: bigint, paymentRef: string) => ({
  ...{ paymentRef, customerNo: 'wang', givenCustomerNo: 'wang', amountFen },
  ...{ channel: 'counter', receivedAt: on(9) },
});
const pay = (amountFen: bigint, paymentRef = 'P1') =>
  world.db.payment.create({ data: payment(amountFen, paymentRef) });
const flat = (text = ''): string => text.replace(/\s/g, '');
const pages = (answer: { rawPayload: Buffer }): string[] => readPdf(answer.rawPayload).map(flat);
const said = (answer: { statusCode: number; json: () => unknown }) => [
  answer.statusCode,
  (answer.json() as { detail: string }).detail,
];
const printings = () => world.db.command.findMany({ where: { kind: 'printLetter' } });

describe('the letter of a task', () => {
  test('is a PDF with what is owed at this instant, and that it was printed is on record', async () => {
    await pay(3_000n);
    const id = await add();
    const answer = await zhou.get(`/tasks/${id}/letter`);
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/pdf']);
    const [page] = pages(answer);
    for (const part of ['欧阳䶮喆（户号wang）', '团结路7号', 'b-wang', '催费员：周明'])
      expect(page).toContain(part);
    // 70 yuan of 100, for 9 whole days at 1 ‰: the least penalty is one yuan.
    expect(page).toContain('未缴电费¥70.00，违约金（计至2026年3月30日）¥1.00，应缴总额¥71.00');
    expect(page).toContain('人民币柒拾壹元整');
    expect(await printings()).toMatchObject([
      {
        ...{ customerNo: 'wang', actor: 'zhou', refusedBecause: null, station: 'TB01' },
        body: {
          taskId: id,
          billNos: ['b-wang'],
          totalFen: 7_100,
          sha256: expect.any(String) as string,
        },
      },
    ]);
    const timeline = await zhou.get('/customers/wang/timeline');
    expect(timeline.body).toContain('打印催缴电费通知书，应缴总额 ¥71.00，zhou');
  });

  test('asked for again under the same key is written anew, and on record once', async () => {
    const id = await add();
    const key = { 'idempotency-key': 'print-1' };
    expect((await zhou.get(`/tasks/${id}/letter`, key)).statusCode).toBe(200);
    await pay(5_000n);
    const [page] = pages(await zhou.get(`/tasks/${id}/letter`, key));
    expect(page).toContain('未缴电费¥50.00');
    expect(await printings()).toHaveLength(1);
    await pay(5_000n, 'P2');
    expect((await zhou.get(`/tasks/${id}/letter`, key)).statusCode).toBe(409);
  });

  test.each<[string, () => Promise<unknown>, string]>([
    ['is paid', () => pay(10_000n), 'Nothing is owed: there is no letter to print.'],
    [
      'is held',
      () =>
        world.db.hold.create({
          data: {
            ...{ id: 'h', scope: 'station', ref: 'TB01', fromAt: on(5), reason: 'flood' },
            ...{ placedBy: 'chen', placedAt: on(5) },
          },
        }),
      'What is owed is held, disputed, or no longer collected: nothing may be asked for now.',
    ],
    [
      'is disputed',
      () =>
        world.db.dispute.create({
          data: {
            id: 'd',
            billNo: 'b-wang',
            customerNo: 'wang',
            openedAt: on(5),
            openedBy: 'x',
            reason: 'x',
          },
        }),
      'What is owed is held, disputed, or no longer collected: nothing may be asked for now.',
    ],
  ])('is refused with a sentence where all that was owed %s', async (_, happen, sentence) => {
    const id = await add();
    await happen();
    expect(said(await zhou.get(`/tasks/${id}/letter`))).toEqual([409, sentence]);
    expect(await printings()).toMatchObject([{ refusedBecause: sentence }]);
  });

  test('is refused for another kind of task, and for one that is done', async () => {
    const call = await add('wang', { kind: 'call' });
    expect(said(await zhou.get(`/tasks/${call}/letter`))).toEqual([
      409,
      `Task ${call} is a call: only a letter is printed.`,
    ]);
    const done = { outcome: 'served', doneAt: on(9), doneBy: 'zhou' };
    const served = await add('wang', done);
    expect(said(await zhou.get(`/tasks/${served}/letter`))[1]).toContain(
      'is done already: served.',
    );
  });

  test('is refused where the font has not a character of the name', async () => {
    await world.db.customer.update({ where: { customerNo: 'wang' }, data: { name: '吴𠮷' } });
    expect(said(await zhou.get(`/tasks/${await add()}/letter`))).toEqual([
      409,
      'The font of letters cannot show 𠮷. LETTER_FONT names a file that can.',
    ]);
  });

  test('is not there for another station, for who may not print, nor for who only looks', async () => {
    const id = await add('liu');
    expect((await zhou.get(`/tasks/${id}/letter`)).statusCode).toBe(404);
    const auditor = await api.as('auditor');
    expect((await auditor.get(`/tasks/${id}/letter`)).statusCode).toBe(403);
    const headers = { authorization: `Bearer ${boss.token}` };
    const url = `/api/v1/tasks/${id}/letter`;
    expect((await api.app.inject({ method: 'HEAD', url, headers })).statusCode).toBe(405);
    expect(await printings()).toEqual([]);
    expect((await boss.get(`/tasks/${id}/letter`)).statusCode).toBe(200);
  });
});

describe('many letters', () => {
  test('of a station are one PDF by due instant; what is paid is left out by name', async () => {
    const first = await add();
    await world.db.customer.create({
      data: {
        ...{ customerNo: 'sun', name: '孙', station: 'TB01', category: 'commercial' },
        language: 'zh-CN',
      },
    });
    await addBill(world.db, 'sun', { billNo: 'b-sun', fen: 50_000 });
    await openMonth(world.db, 'sun');
    const second = await add('sun');
    await add('liu');
    const both = await zhou.get('/letters?station=TB01');
    expect(pages(both).map((page) => /户号(\w+)）：/.exec(page)?.[1])).toEqual(['wang', 'sun']);
    expect([both.headers['tarim-printed'], both.headers['tarim-left-out']]).toEqual([
      '2',
      undefined,
    ]);
    await pay(10_000n);
    const rest = await zhou.get(`/letters?ids=${first},${second},${second}`);
    expect(pages(rest)).toHaveLength(1);
    expect([rest.headers['tarim-printed'], rest.headers['tarim-left-out']]).toEqual(['1', first]);
    expect(said(await zhou.get(`/letters?ids=${first}`))).toEqual([
      409,
      'Of 1 letters none can be printed. The first: Nothing is owed: there is no letter to print.',
    ]);
  });

  test('go on where the batch before ended', async () => {
    for (let i = 0; i < 3; i += 1) await add();
    const one = await zhou.get('/letters?station=TB01&limit=2');
    expect(pages(one)).toHaveLength(2);
    const cursor = String(one.headers['tarim-next-cursor']);
    const two = await zhou.get(`/letters?station=TB01&limit=2&cursor=${cursor}`);
    expect([pages(two).length, two.headers['tarim-next-cursor']]).toEqual([1, undefined]);
    expect(await printings()).toHaveLength(3);
  });

  test('that are paid do not hide those behind them', async () => {
    await world.db.customer.create({
      data: {
        ...{ customerNo: 'sun', name: '孙', station: 'TB01' },
        category: 'school',
        language: 'en',
      },
    });
    const paid = await add('sun');
    await add('wang');
    const answer = await zhou.get('/letters?station=TB01&limit=1');
    expect([pages(answer).length, answer.headers['tarim-left-out']]).toEqual([1, paid]);
  });

  test.each([
    ['', 400, 'Give either station or ids.'],
    ['?station=TB01&ids=00000000-0000-4000-8000-000000000000', 400, 'Give either station or ids.'],
    ['?ids=1', 400, 'ids'],
    ['?station=TB01&limit=101', 400, 'limit'],
    ['?station=TB01&cursor=bm8', 400, 'The cursor is none'],
    ['?ids=00000000-0000-4000-8000-000000000000', 404, 'There is no task'],
    ['?station=TB01', 409, 'There is no letter to print.'],
    ['?station=TB02', 409, 'There is no letter to print.'],
  ])('cannot be had by %s', async (query, status, sentence) => {
    await add('liu');
    const [code, detail] = said(await zhou.get(`/letters${query}`));
    expect([code, detail]).toEqual([status, expect.stringContaining(sentence)]);
  });

  test('with another station’s among them are none at all', async () => {
    const [own, other] = [await add(), await add('liu')];
    expect((await zhou.get(`/letters?ids=${own},${other}`)).statusCode).toBe(404);
    expect(await printings()).toEqual([]);
  });
});

test('a payment that is about to be committed is waited for: whoever has paid gets no letter', async () => {
  const id = await add();
  const { letter } = await world.db.$transaction(async (tx) => {
    await tx.payment.create({ data: payment(10_000n, 'P1') });
    const asked = zhou.get(`/tasks/${id}/letter`).then(said);
    await setTimeout(300);
    return { letter: asked };
  });
  expect(await letter).toEqual([409, 'Nothing is owed: there is no letter to print.']);
});
