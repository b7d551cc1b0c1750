import type { BillFact, Order } from './facts';
import type { LadderStep, Level } from './policy';
import { dateOf, type Instant } from './time';

/** The ladder that the bill climbs: its own level's, or a graver one that a supervisor ordered since it was issued. */
export function levelOf(bill: BillFact, orders: readonly Order[]): Level {
  if (orders.length === 0) return bill.level;
  const ordered = since(bill, orders).flatMap(({ toLevel }) => (toLevel === null ? [] : [toLevel]));
  return Math.min(bill.level, ...ordered) as Level;
}

/**
 * When a supervisor ordered this rung: it is the step named, or a mandatory one before it. Null: nobody did, the policy's day stands.
 */
export function orderedAt(
  bill: BillFact,
  orders: readonly Order[],
  ladder: readonly LadderStep[],
  rung: LadderStep,
): Instant | null {
  if (orders.length === 0) return null;
  const index = ladder.indexOf(rung);
  const instants = since(bill, orders)
    .filter(({ toStep }) => {
      const target = ladder.findIndex(({ key }) => key === toStep);
      return target === index || (target > index && rung.mandatory);
    })
    .map(({ at }) => at);
  return instants.length === 0 ? null : instants.reduce((a, b) => (a < b ? a : b));
}

/** An order concerns the bills that were there when it was given, not those to come. */
const since = ({ issuedOn }: BillFact, orders: readonly Order[]): Order[] =>
  orders.filter(({ at }) => dateOf(at) >= issuedOn);
