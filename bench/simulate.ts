import costsV1 from '../db/policies/costs-v1.json';
import gradeV1 from '../db/policies/tabei-grade-v1.json';
import ladderV1 from '../db/policies/tabei-v1.json';
import { shippedHolidays } from '../db/shipped-holidays';
import type { GradingPolicy } from '../domain/grading';
import type { LadderPolicy } from '../domain/policy';
import { toDate } from '../domain/time';
import type { BookCustomer } from '../simulation/book';
import { readBook } from '../simulation/read-book';
import { summariseInThreads, type RulesAsData } from '../simulation/threads';
import { loadavg } from 'node:os';
import { machine } from './book';

/** Wall clock and processor time of all threads: on a machine with other work only the second says anything about the program. */
export type Took = Readonly<{ customers: number; seconds: number; cpuSeconds: number }>;
export type SimulateFigures = Readonly<{
  machine: string;
  /** Processes that wanted a core, over the minute before; what is beyond 0 is other work. */
  loadBefore: number;
  book: string;
  from: string;
  to: string;
  graded: string;
  read: Took;
  tenth: Took;
  whole: Took;
  /** Reading and simulating the whole; the aim is 20. */
  seconds: number;
  /** Processor time of the whole over that of a tenth of the customers; the aim is 11. */
  growth: number;
  /** The aim is 1536. */
  peakMiB: number;
  months: Readonly<Record<string, number>>;
  totals: Readonly<Record<string, number>>;
  levelChanges: number;
  breaches: number;
}>;

const SPAN = { from: toDate('2005-04-01'), to: toDate('2005-09-30') };

/** Reads a book and simulates a tenth of its customers, then all of them: every tenth, so that both have the same mixture. */
export async function benchSimulate({ book }: { book: string }): Promise<SimulateFigures> {
  const [loadBefore = 0] = loadavg();
  const asked = { ...SPAN, graded: 'day', costs: { id: costsV1.id, ...costsV1.body } } as const;
  const [read, { customers }] = await timed(() => readBook(book));
  const tenthOf = customers.filter((_, nth) => nth % 10 === 0);
  const run = (some: readonly BookCustomer[]) =>
    timed(() => summariseInThreads(some, shipped(), asked));
  const [tenth] = await run(tenthOf);
  const [whole, { months, totals, levels, breaches }] = await run(customers);
  return {
    ...{ machine: machine(), loadBefore, book, ...SPAN, graded: asked.graded },
    read: { customers: customers.length, ...read },
    tenth: { customers: tenthOf.length, ...tenth },
    whole: { customers: customers.length, ...whole },
    seconds: round(read.seconds + whole.seconds),
    growth: round(whole.cpuSeconds / tenth.cpuSeconds),
    peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
    ...{ months, totals, breaches: breaches.length },
    levelChanges: levels.reduce((sum, { count }) => sum + count, 0),
  };
}

const shipped = (): RulesAsData => ({
  policy: { ...(ladderV1.body as unknown as Omit<LadderPolicy, 'id'>), id: ladderV1.id },
  grading: { ...(gradeV1.body as unknown as Omit<GradingPolicy, 'id'>), id: gradeV1.id },
  holidays: shippedHolidays(),
});

async function timed<T>(work: () => Promise<T>): Promise<[Omit<Took, 'customers'>, T]> {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  const found = await work();
  const { user, system } = process.cpuUsage(cpu);
  const seconds = round((performance.now() - began) / 1000);
  return [{ seconds, cpuSeconds: round((user + system) / 1e6) }, found];
}

const round = (value: number): number => Math.round(value * 100) / 100;
