import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { calendarOf, type CalendarRow } from '../domain/calendar';
import type { GradingPolicy } from '../domain/grading';
import type { LadderPolicy } from '../domain/policy';
import type { BookCustomer } from './book';
import { joined, partOf, type Asked, type Part } from './part';
import { idsOf, summaryOf, type Summary } from './summary';

/** The rules as plain data, which a thread can be given. */
export type RulesAsData = Readonly<{
  policy: LadderPolicy;
  grading: GradingPolicy;
  holidays: readonly CalendarRow[];
}>;
type Plain = Omit<Asked, 'told'>;
/** What one thread is given. */
export type Task = Readonly<{
  customers: readonly BookCustomer[];
  rules: RulesAsData;
  asked: Plain;
}>;

/** Fewer customers than this are done before a thread has begun. */
const CUSTOMERS_MIN = 2_000;

/** `summarise` on all cores: the same summary, whatever the number of threads. Customers are dealt out in turn. */
export async function summariseInThreads(
  book: readonly BookCustomer[],
  rules: RulesAsData,
  asked: Plain,
  threads = book.length < CUSTOMERS_MIN ? 0 : availableParallelism(),
): Promise<Summary> {
  const { policy, grading, holidays } = rules;
  const under = { rules: { policy, calendar: calendarOf(holidays) }, grading };
  const ids = idsOf(under, asked);
  if (threads === 0) return summaryOf(partOf(book, under, asked), ids);
  const code = await compiled();
  const parts = await Promise.all(
    Array.from({ length: threads }, (_, thread) =>
      inThread(code, {
        ...{ rules, asked },
        customers: book.filter((_customer, nth) => nth % threads === thread),
      }),
    ),
  );
  return summaryOf(joined(parts), ids);
}

async function inThread(code: string, task: Task): Promise<Part> {
  // Most of what is made is soon of no use: a young generation that is not always full is collected less often.
  const resourceLimits = { maxYoungGenerationSizeMb: 128 };
  const worker = new Worker(code, { eval: true, execArgv: [], resourceLimits });
  try {
    worker.postMessage(task);
    const [part] = (await once(worker, 'message')) as [Part];
    return part;
  } finally {
    await worker.terminate();
  }
}

/** The thread's code in one piece, without the wrappers that tsx puts around each function. */
async function compiled(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, 'thread.ts')],
    ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node20', write: false },
    logLevel: 'silent',
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error('esbuild gave no code');
  return file.text;
}
