import { setTimeout as sleep } from 'node:timers/promises';
import { readBalances } from '../../db/balances';
import { crowd, takenBy, type Crowd } from '../support/crowd';
import { checkLaws, type Verdicts } from '../support/laws';
import type { Instant } from '../../domain/time';
import { at } from '../support/scenario';
import { seeded } from '../support/seeded';
import { strike } from './faults';
import { monthOf, type Month } from './month';
import { startReceipts, type Receipts } from './receipts';
import { countOf, scheduleOf, type Fault, type Kind } from './schedule';
import { startStack, type Stack } from './stack';

export type Wanted = Readonly<{
  seed: number;
  faults: number;
  customers: number;
  say: (line: string) => void;
  /** Aborted when it shall stop. */
  signal?: AbortSignal;
}>;
export type Report = Readonly<{
  seed: number;
  faults: readonly string[];
  /** How often each kind struck. */
  kinds: Readonly<Partial<Record<Kind, number>>>;
  customers: number;
  payments: number;
  held: number;
  taken: number;
  steps: number;
  seconds: number;
  /** What the provider told of its texts, late, twice and out of order. */
  receipts: Receipts;
  laws: Verdicts;
}>;

/** Whatever a run found wrong. */
export const brokenIn = ({ laws, receipts }: Report): string[] => [
  ...Object.values(laws).flatMap(({ broken }) => broken),
  ...receipts.broken,
];

/** Where the station's time stands at the end of each phase. Bills are of July 2026, due on the 20th. */
const PHASES = [
  { name: 'the campaign opens', to: at('2026-07-01', 12) },
  { name: 'reminders before the due date', to: at('2026-07-18', 12) },
  { name: 'the first overdue reminders, some customers held', to: at('2026-07-23', 12) },
  { name: 'demands', to: at('2026-07-31', 12) },
] as const;
const OPENED = at('2026-07-01', 10);
/** In which phase holds are placed, and at whose end they are released. */
const HOLDS_FROM = 2;
const SETTLED_SHARE = 0.06;
const PAYING_SHARE = 0.5;
const HELD_SHARE = 0.05;

/**
 * A campaign of so many customers with payments throughout, while the seed's faults strike; then the laws, by the checker's own SQL. Nothing is
 * left running, when it is stopped on the way either.
 */
export async function runChaos(wanted: Wanted): Promise<Report> {
  const stack = await startStack(wanted.say);
  const over = new AbortController();
  try {
    return await Promise.race([liveThrough(stack, wanted, over.signal), stopped(wanted.signal)]);
  } finally {
    over.abort();
    await stack.close();
  }
}

const stopped = (signal?: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(new Error('stopped')), { once: true });
  });

async function liveThrough(
  stack: Stack,
  { seed, faults, customers, say }: Wanted,
  over: AbortSignal,
): Promise<Report> {
  const began = Date.now();
  const schedule = scheduleOf(seed, faults, PHASES.length);
  const crowds = await peopleOf(stack, customers);
  const month = monthOf(stack, crowds, OPENED);
  const { payers, held } = lotsOf(seed, crowds);
  const receipts = startReceipts(stack, seed, over);
  for (const [phase, { name, to }] of PHASES.entries()) {
    say(`${name}: ${(schedule[phase] ?? []).length} faults`);
    const before = PHASES[phase - 1]?.to ?? OPENED;
    if (phase === HOLDS_FROM) await month.at(before, () => holdAll(month, held, crowds));
    await Promise.all([
      phase === 0 ? month.open() : month.forward(to),
      strikeAll(stack, month, schedule[phase] ?? [], say),
      payAll(month, payers[phase] ?? [], {
        faults: schedule[phase] ?? [],
        receivedAt: PHASES[phase - 1]?.to ?? null,
      }),
    ]);
    await receipts.settle();
    await month.settle(to);
    if (phase === HOLDS_FROM) await month.at(to, () => releaseAll(month, held, crowds));
  }
  const reported = await receipts.finish();
  return {
    seed,
    faults: schedule.flat().map(({ kind, forMs }) => `${kind} ${forMs} ms`),
    kinds: countOf(schedule.flat()),
    customers,
    payments: payers.flat().length,
    held: held.length,
    taken: takenBy(stack.twilio, stack.smtp).length,
    steps: await stack.db.step.count({ where: { status: 'done' } }),
    seconds: Math.round((Date.now() - began) / 1_000),
    receipts: reported,
    laws: await lawsOf(stack),
  };
}

/** Nine tenths in one station; the rest in one that is held as a whole. */
async function peopleOf({ db }: Stack, customers: number): Promise<Crowd[]> {
  const settled = Math.round(customers * SETTLED_SHARE);
  const second = Math.round(customers * 0.1);
  return [
    await crowd(db, { station: 'CHAOS', owing: customers - second - settled, settled }),
    await crowd(db, { station: 'OTHER', owing: second }),
  ];
}

type One = Crowd['customers'][number];

/** Who pays in which phase, and who is held: neither hears of the other. */
function lotsOf(seed: number, crowds: readonly Crowd[]): { payers: One[][]; held: One[] } {
  const random = seeded(seed + 1);
  const payers: One[][] = PHASES.map(() => []);
  const held: One[] = [];
  for (const one of crowds.flatMap((each) => each.customers)) {
    const dice = random();
    const phase = Math.floor(random() * PHASES.length);
    if (dice < PAYING_SHARE) payers[phase]?.push(one);
    else if (dice < PAYING_SHARE + HELD_SHARE) held.push(one);
  }
  return { payers, held };
}

async function strikeAll(
  stack: Stack,
  month: Month,
  faults: readonly Fault[],
  say: (line: string) => void,
): Promise<void> {
  for (const fault of faults) {
    await sleep(fault.afterMs);
    say(`  ${fault.kind} for ${fault.forMs} ms`);
    await strike(stack, fault);
    if (/^(kill|stop) worker/.test(fault.kind)) await month.mourn();
  }
}

/** One after the other all through the phase, for as long as its faults take; each goes on until it is on the book. */
async function payAll(
  month: Month,
  payers: readonly One[],
  { faults, receivedAt }: Readonly<{ faults: readonly Fault[]; receivedAt: Instant | null }>,
): Promise<void> {
  const phaseMs = faults.reduce((sum, { afterMs, forMs }) => sum + afterMs + forMs, 0);
  const paid = payers.map(async (one, n) => {
    await sleep((phaseMs * n) / payers.length);
    await month.pay(one, receivedAt ?? month.now());
  });
  await Promise.all(paid);
}

const overAll = (held: readonly One[], [, second]: readonly Crowd[]) => [
  { scope: 'station', ref: second?.station ?? '' },
  ...held.map(({ customerNo }) => ({ scope: 'customer', ref: customerNo })),
];
async function holdAll(month: Month, held: readonly One[], crowds: readonly Crowd[]) {
  for (const over of overAll(held, crowds))
    await month.order('/holds', { ...over, reason: 'chaos' });
}
async function releaseAll(month: Month, held: readonly One[], crowds: readonly Crowd[]) {
  for (const over of overAll(held, crowds))
    await month.order('/holds/release', { ...over, reason: 'chaos' });
}

async function lawsOf({ db, databaseUrl, twilio, smtp }: Stack): Promise<Verdicts> {
  const balances = [];
  for await (const balance of readBalances(databaseUrl, null)) balances.push(balance);
  return checkLaws(db, { taken: takenBy(twilio, smtp), balances });
}
