import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brokenIn, runChaos } from '../chaos/run';

/** The bounded form of `npm run chaos`: the whole product in a home of its own, which is broken and comes back. */
test('a month of 60 customers in which eight things break keeps the laws, and leaves nothing running', async () => {
  const report = await runChaos({ seed: 7, faults: 8, customers: 60, say: () => undefined });
  expect(brokenIn(report)).toEqual([]);
  expect(Object.keys(report.kinds)).toHaveLength(8);
  const { law1, law2, law3, law4, law5, law6 } = report.laws;
  expect(law5.checked).toBe(60);
  expect(law1.checked).toBeGreaterThan(300);
  for (const { checked } of [law2, law3, law4, law6]) expect(checked).toBeGreaterThan(20);
  const { told, late, twice, disordered } = report.receipts;
  expect(told).toBeGreaterThan(100);
  expect(Math.min(late, twice, disordered)).toBeGreaterThan(5);
  expect(runningBelow(join(process.env['TARIM_TEST_FOLDER'] ?? '', 'tarim-chaos-'))).toEqual([]);
}, 900_000);

/** Processes that have anything of this folder in their command or their environment. */
const runningBelow = (folder: string): string[] =>
  readdirSync('/proc').filter(
    (pid) =>
      /^\d+$/.test(pid) &&
      ['cmdline', 'environ'].some((file) => textOf(`/proc/${pid}/${file}`).includes(folder)),
  );

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It has just ended.
    return '';
  }
}
