import { percentilesOf } from './measure';

export type Reading = Readonly<{
  readers: number;
  answers: number;
  /** Answers that were no success, or did not come, by what was said. */
  failed: Readonly<Record<string, number>>;
  perSecond: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
}>;

const PAUSE_MS = 1_000;

/** What people look at: their lists, and one customer after the other. */
const addresses = (customerNo: string): string[] => [
  '/customers?sort=owed',
  `/customers/${customerNo}`,
  `/customers/${customerNo}/timeline`,
  '/tasks',
  `/customers/${customerNo}/next`,
  '/cycles?outcome=open&level=1',
  '/messages',
];

/** So many readers at once until `over` settles; each looks at the next page a second after it has the one before. */
export async function reading(
  ask: (address: string) => Promise<unknown>,
  {
    readers,
    customerNos,
    over,
  }: Readonly<{
    readers: number;
    customerNos: readonly string[];
    over: Promise<unknown>;
  }>,
): Promise<Reading> {
  const took: number[] = [];
  const failed: Record<string, number> = {};
  const fail = (error: Error): void => {
    failed[error.message] = (failed[error.message] ?? 0) + 1;
  };
  let reads = true;
  const ended = over.finally(() => (reads = false));
  const began = performance.now();
  const reader = async (n: number): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, (n / readers) * PAUSE_MS));
    for (let page = n; reads; page += 1) {
      const all = addresses(customerNos[page % customerNos.length] ?? '');
      const asked = performance.now();
      await ask(all[page % all.length] ?? '').catch(fail);
      took.push(performance.now() - asked);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  };
  await Promise.all([ended, ...Array.from({ length: readers }, (_, n) => reader(n))]);
  const seconds = (performance.now() - began) / 1000;
  const percentile = percentilesOf(took);
  const at = (part: number): number => Math.round(percentile(part));
  return {
    readers,
    answers: took.length,
    failed,
    perSecond: Math.round(took.length / seconds),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
  };
}
