import type { Db } from '../db/client';
import { recordPayment } from '../db/payments';
import { freshenStandings } from '../db/standings';
import { toFen } from '../domain/fen';
import { instantOf } from '../domain/time';
import { percentilesOf } from './measure';

export type Stopping = Readonly<{
  payments: number;
  /** As they were made: less than was asked for when the machine could not follow. */
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
  /** Months that had not ended when none had for a minute; they are not among those above. */
  unended: number;
}>;

/** How often what has ended is asked for: no latency is known more closely. */
const LOOK_MS = 25;
const PATIENCE_MS = 60_000;

/** Payments of everything that a customer owes, at a steady rate, and how long after the payment's commit its month has ended, by the row that says so. */
export async function stopping(
  db: Db,
  { perSecond, seconds, offsetMs }: Readonly<Record<'perSecond' | 'seconds' | 'offsetMs', number>>,
): Promise<Stopping> {
  await freshenStandings(db, instantOf(Date.now() + offsetMs));
  const owed = await db.$queryRaw<{ customerNo: string; fen: bigint }[]>`
    select customer_no as "customerNo", owed_fen as fen from cycle join customer_standing using (customer_no)
    where outcome is null and owed_fen > 0 order by md5(customer_no) limit ${perSecond * seconds}`;
  const paidMs = new Map<string, number>();
  const took: number[] = [];
  const look = async (): Promise<void> => {
    const ended = await db.$queryRaw<{ customerNo: string }[]>`
      select customer_no as "customerNo" from cycle where customer_no = any(${[...paidMs.keys()]}) and outcome is not null`;
    const now = performance.now();
    for (const { customerNo } of ended) {
      took.push(now - (paidMs.get(customerNo) ?? NaN));
      paidMs.delete(customerNo);
    }
  };
  const pay = async ({ customerNo, fen }: (typeof owed)[number]): Promise<void> => {
    const receivedAt = instantOf(Date.now() + offsetMs);
    const amountFen = toFen(Number(fen));
    const paymentRef = `bench-${customerNo}`;
    await recordPayment(db, { paymentRef, customerNo, amountFen, receivedAt, channel: 'bench' });
    paidMs.set(customerNo, performance.now());
  };

  const began = performance.now();
  const under: Promise<void>[] = [];
  let paying = true as boolean;
  const watching = (async (): Promise<void> => {
    for (let since = performance.now(); paying || paidMs.size > 0;) {
      const before = paidMs.size;
      await look();
      if (paying || paidMs.size < before) since = performance.now();
      if (performance.now() - since > PATIENCE_MS) return;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  })();
  for (const [n, one] of owed.entries()) {
    const wait = began + (n * 1000) / perSecond - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    under.push(pay(one));
  }
  await Promise.all(under);
  const paidIn = (performance.now() - began) / 1000;
  paying = false;
  await watching;

  const percentile = percentilesOf(took);
  const at = (part: number): number => Math.round(percentile(part));
  return {
    payments: took.length,
    perSecond: Math.round((took.length / paidIn) * 10) / 10,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    maxMs: at(1),
    unended: paidMs.size,
  };
}
