import { decideApproval, requestApproval } from '../../db/approvals';
import { readBalances } from '../../db/balances';
import { closeCycle } from '../../db/cycles';
import { openRuleBook } from '../../db/rules';
import { penaltiesOfCustomer } from '../../db/waivers';
import { toFen } from '../../domain/fen';
import { demanded, penaltiesOf } from '../../domain/letter';
import { checkLaws } from '../support/laws';
import { on, policyV1 } from '../support/facts';
import * as support from '../support/world';

let world: support.World;
beforeAll(async () => {
  world = await support.openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.reset();
  await support.openMonth(world.db, 'wang');
});

/** Ten days of 1 ‰ on ¥1,000: ¥10.00 of penalty on D + 11. */
const today = on(11);
beforeEach(() => world.db.bill.updateMany({ data: { amountFen: 100_000n } }));

const book = () => openRuleBook(world.db);
let orders = 0;
const by = (actor: string, at = today) => ({
  ...support.orderAt(at, `o${(orders += 1)}`),
  actor,
});
async function ask(fen: number, billNo = 'b-wang', at = today) {
  const order = by('chen', at);
  const wanted = { kind: 'waiver', customerNo: 'wang', billNo, amountFen: toFen(fen) } as const;
  return { id: order.id, result: await requestApproval(world.db, book(), order, wanted) };
}
const approve = (id: string, at = today) =>
  decideApproval(world.db, book(), by('li', at), { id, decision: 'approve' });
async function waive(fen: number, at = today) {
  const { id } = await ask(fen, 'b-wang', at);
  return approve(id, at);
}
const penaltyFen = async (at = today) =>
  demanded(await support.factsOf(world.db, 'wang', at), policyV1(), at).penaltyFen;
async function balances() {
  const rows = [];
  for await (const row of readBalances(world.url, null)) rows.push(row);
  return rows;
}

test('a waiver lowers the penalty that is asked for by just that, and leaves the debt', async () => {
  const before = await balances();
  expect(await penaltyFen()).toBe(1_000);
  const { id } = await ask(400);
  expect(await penaltyFen()).toBe(1_000);
  expect(await approve(id)).toEqual({ kind: 'applied' });
  expect(await penaltyFen()).toBe(600);
  const { owedFen } = demanded(await support.factsOf(world.db, 'wang', today), policyV1(), today);
  expect(owedFen).toBe(100_000);
  expect(await balances()).toEqual(before);
  const laws = await checkLaws(world.db, { taken: [], balances: before });
  expect(laws.law6.broken).toEqual([]);
  expect(laws.law6.checked).toBeGreaterThan(0);
});

test('penalty of later days is added to what is left', async () => {
  await waive(1_000);
  expect([await penaltyFen(), await penaltyFen(on(12))]).toEqual([0, 100]);
});

test('no more can be waived than there is, and never the debt', async () => {
  expect(support.sentenceOf((await ask(1_001)).result)).toBe(
    'Bill b-wang bears ¥10.00 of penalty; no more than that can be waived.',
  );
  expect((await ask(1_000)).result).toEqual({ kind: 'applied' });
});

test.each([
  ['a bill of somebody else', 'b-liu', today, 'Customer wang has no bill b-liu.'],
  [
    'a bill that is not late',
    'b-wang',
    on(0),
    'Bill b-wang bears no penalty that could be waived.',
  ],
])('of %s nothing can be waived', async (_rule, billNo, at, sentence) => {
  expect(support.sentenceOf((await ask(1, billNo, at)).result)).toBe(sentence);
});

test('what was waived meanwhile is not waived again', async () => {
  await waive(700);
  const { id } = await ask(300);
  await world.db.waiver.updateMany({ data: { amountFen: 800n } });
  expect(support.sentenceOf(await approve(id))).toContain('bears ¥2.00 of penalty');
  expect(await penaltyFen()).toBe(200);
});

test('a bill paid late is posted with what was not waived', async () => {
  await waive(400);
  await paid();
  expect(await posted()).toEqual([600]);
});

test('a penalty that was posted is lowered by a waiver, never below nothing', async () => {
  await paid();
  expect(await posted()).toEqual([1_000]);
  await waive(400, on(12));
  expect(await posted()).toEqual([600]);
  expect(await penaltiesOfCustomer(world.db, book(), 'wang', on(12))).toEqual([
    expect.objectContaining({ chargedFen: 1_000, waivedFen: 400, leftFen: 600, posted: true }),
  ]);
  expect(support.sentenceOf(await waive(601, on(12)))).toContain('There is no approval');
  await waive(600, on(12));
  expect(await posted()).toEqual([0]);
});

/** All of it, on D + 11, which ends the month. */
async function paid(): Promise<void> {
  const payment = { paymentRef: 'P1', customerNo: 'wang', givenCustomerNo: 'wang' };
  const more = { amountFen: 100_000n, receivedAt: today, channel: 'counter' };
  await world.db.payment.create({ data: { ...payment, ...more } });
  const penalties = penaltiesOf(await support.factsOf(world.db, 'wang', today), policyV1(), today);
  const month = { customerNo: 'wang', period: support.MONTH, at: today };
  await closeCycle(world.db, { ...month, outcome: 'paid', penalties });
}
const posted = async () =>
  (await world.db.penalty.findMany()).map(({ amountFen }) => Number(amountFen));
