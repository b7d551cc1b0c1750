import { brokenIn, runChaos } from '../chaos/run';

/** The bounded form of `npm run chaos`: the whole product in a home of its own, which is broken and comes back. */
test('a month of 150 customers in which ten things break keeps the laws', async () => {
  const report = await runChaos({ seed: 7, faults: 10, customers: 150, say: () => undefined });
  expect(brokenIn(report)).toEqual([]);
  expect(report.faults).toHaveLength(10);
  const { law1, law2, law3, law4, law5, law6 } = report.laws;
  expect(law5.checked).toBe(150);
  expect(law1.checked).toBeGreaterThan(600);
  for (const { checked } of [law2, law3, law4, law6]) expect(checked).toBeGreaterThan(30);
  expect(report.receipts.told).toBeGreaterThan(100);
}, 600_000);
