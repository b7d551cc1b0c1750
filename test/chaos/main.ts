import { Command } from 'commander';
import { brokenIn, runChaos, type Report } from './run';

const program = new Command('npm run chaos --')
  .description('Breaks what a campaign depends on, then checks the laws.')
  .option('--seed <n>', 'the same seed breaks the same things', '1')
  .option('--faults <n>', 'how many', '30')
  .option('--customers <n>', 'in the campaign', '1000')
  .option('--json', 'for programs')
  .action(async (given: { seed: string; faults: string; customers: string; json?: boolean }) => {
    const stop = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
    const report = await runChaos({
      signal: stop.signal,
      seed: whole(given.seed, 'seed'),
      faults: whole(given.faults, 'faults'),
      customers: whole(given.customers, 'customers'),
      say: (line) => void process.stderr.write(`${line}\n`),
    });
    process.stdout.write(
      given.json === true ? `${JSON.stringify(report, null, 2)}\n` : inWords(report),
    );
    if (brokenIn(report).length > 0) process.exitCode = 1;
  });

function whole(text: string, name: string): number {
  if (!/^\d{1,6}$/.test(text)) program.error(`--${name} must be a whole number; it is ${text}.`);
  return Number(text);
}

function inWords(report: Report): string {
  const { seed, faults, customers, payments, held, taken, steps, seconds, receipts, laws } = report;
  const { told, late, twice, disordered, lost, broken: untrue } = receipts;
  const lines = Object.entries(laws).map(([law, { checked, broken }]) => {
    const verdict = broken.length === 0 ? 'holds' : `BROKEN ${broken.length} times`;
    return `  ${law.replace('law', 'law ')} ${verdict}, checked on ${checked}`;
  });
  return [
    `seed ${seed}: ${faults.length} faults, ${customers} customers, ${payments} payments, ${held} held, ${steps} steps, ${taken} messages taken, ${seconds} s`,
    ...lines,
    `  struck: ${list(report.kinds)}`,
    `  receipts: ${told} told (${late} over a second late, ${twice} twice, ${disordered} out of order), ${lost} came while nobody took them, ${untrue.length} not as told`,
    ...brokenIn(report).slice(0, 200),
    '',
  ].join('\n');
}

const list = (kinds: Report['kinds']): string =>
  Object.entries(kinds)
    .map(([kind, times]) => (times === 1 ? kind : `${kind} (${times} times)`))
    .join(', ');

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  // What it waited for is gone: nothing is left to wait for.
  process.exit(1);
});
