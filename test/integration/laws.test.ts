import { placeHold, releaseHold, type Over } from '../../db/holds';
import { recordPayment } from '../../db/payments';
import { toFen } from '../../domain/fen';
import { toPeriod, type Instant } from '../../domain/time';
import { startByHand, type ByHand } from '../support/by-hand';
import { crowd, type Crowd } from '../support/crowd';
import type { Verdicts } from '../support/laws';
import { PLANTED } from '../support/planted';
import { at } from '../support/scenario';

/** The checker of a chaos run, on a month without an engine: it finds nothing in a good book, and every fault that is planted. */
let month: ByHand;
let people: Crowd;

const order = (id: string, when: Instant) =>
  ({ id, actor: 'chen', reason: 'chaos', at: when, door: 'cli' }) as const;
const hold = (over: Over, from: Instant) =>
  placeHold(month.db, order(`hold ${over.ref}`, from), { ...over, from, until: null });
const release = (over: Over, when: Instant) =>
  releaseHold(month.db, order(`release ${over.ref}`, when), over);
const pay = ({ customerNo, owedFen }: Crowd['customers'][number], receivedAt: Instant) =>
  recordPayment(month.db, {
    ...{ paymentRef: `pays-${customerNo}`, customerNo, receivedAt },
    ...{ amountFen: toFen(owedFen), channel: 'counter' },
  });

const STATION: Over = { scope: 'station', ref: 'LAWS' };
const [HELD_AT, FREED_AT] = [at('2026-07-18', 12), at('2026-07-23', 12)];

/** A station held for five days, some of its customers by an order of their own at the same time; some pay while it is opened, before, and after. */
beforeAll(async () => {
  month = await startByHand();
  people = await crowd(month.db, { station: 'LAWS', owing: 24, settled: 4 });
  const early = people.customers.slice(16, 18);
  await month.opens('LAWS', toPeriod('2026-07'), at('2026-07-01', 10), async (asOf) => {
    for (const one of early.splice(0)) await pay(one, asOf);
  });
  const own = people.customers.slice(0, 6).map(({ customerNo }): Over => ({
    scope: 'customer',
    ref: customerNo,
  }));
  await month.until(HELD_AT);
  for (const one of people.customers.slice(18, 21)) await pay(one, HELD_AT);
  for (const over of [STATION, ...own]) await hold(over, HELD_AT);
  await month.look(HELD_AT);
  await month.until(FREED_AT);
  for (const over of [STATION, ...own.slice(0, 3)]) await release(over, FREED_AT);
  await month.look(FREED_AT);
  await month.until(at('2026-07-25', 12));
  for (const over of own.slice(3)) await release(over, at('2026-07-25', 12));
  await month.look(at('2026-07-25', 12));
  await month.until(at('2026-07-28', 12));
  for (const one of people.customers.slice(21)) await pay(one, at('2026-07-28', 12));
  await month.look(at('2026-07-28', 12));
  await month.until(at('2026-08-05', 12));
}, 120_000);
afterAll(() => month.close());

test('it finds nothing in a month as it should be, two holds over the same days among it', async () => {
  const verdicts = await month.laws();
  expect(Object.values(verdicts).flatMap(({ broken }) => broken)).toEqual([]);
  for (const { checked } of Object.values(verdicts)) expect(checked).toBeGreaterThan(20);
});

test.each(PLANTED)('it catches, by $law, $name', async ({ law, found, plant }) => {
  class Undo extends Error {}
  let verdicts: Verdicts | undefined;
  const planting = month.db.$transaction(async (tx) => {
    await plant(tx);
    verdicts = await month.laws(tx);
    throw new Undo();
  });
  await expect(planting).rejects.toBeInstanceOf(Undo);
  expect(verdicts?.[law].broken).toContainEqual(expect.stringMatching(found));
});
