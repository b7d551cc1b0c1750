import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import type { ApiFigures } from './api';
import type { MonthFigures } from './month';
import type { RehearseFigures } from './rehearse';

const ROOT = join(__dirname, '..');
/** The full book where the workplace has it, else the sample that lies in the repository. */
const BOOK =
  [join(ROOT, '..', 'shared', 'data'), join(ROOT, 'samples')].find((folder) =>
    existsSync(folder),
  ) ?? '';

const program = new Command('npm run bench --').description(
  'Measures Tarim against the bare engine, in one run.',
);
program
  .command('month')
  .description('a campaign against bare workflows, and what four customers cost')
  .option('--book <folder>', 'customers, bills and payments as CSV', BOOK)
  .option('--customers <n>', 'of the largest station', '1000')
  .option('--json', 'for programs')
  .action(
    async ({ book, customers, json }: { book: string; customers: string; json?: boolean }) => {
      const { benchMonth } = await import('./month.js');
      const figures = await benchMonth({ book, customers: Number(customers) });
      process.stdout.write(
        json === true ? `${JSON.stringify(figures, null, 2)}\n` : inWords(figures),
      );
    },
  );

program
  .command('api')
  .description('every list and detail address, against SELECT 1 through the same stack')
  .option('--book <folder>', 'customers, bills and payments as CSV', BOOK)
  .option('--rounds <n>', 'requests of each address', '100')
  .option('--json', 'for programs')
  .action(async ({ book, rounds, json }: { book: string; rounds: string; json?: boolean }) => {
    const { benchApi } = await import('./api.js');
    const figures = await benchApi({ book, rounds: Number(rounds) });
    process.stdout.write(
      json === true ? `${JSON.stringify(figures, null, 2)}\n` : apiInWords(figures),
    );
  });

program
  .command('rehearse')
  .description(
    'a rehearsal of three months, counted in activities, against bare workflows of one activity',
  )
  .option('--book <folder>', 'customers, bills and payments as CSV', BOOK)
  .option('--customers <n>', 'spread over the book', '300')
  .option('--bare <n>', 'bare workflows, before and again after', '500')
  .option('--json', 'for programs')
  .action(
    async ({
      book,
      customers,
      bare,
      json,
    }: Record<'book' | 'customers' | 'bare', string> & { json?: boolean }) => {
      const { benchRehearse } = await import('./rehearse.js');
      const figures = await benchRehearse({
        book,
        customers: Number(customers),
        bare: Number(bare),
      });
      process.stdout.write(
        json === true ? `${JSON.stringify(figures, null, 2)}\n` : rehearsalInWords(figures),
      );
    },
  );

const rehearsalInWords = (figures: RehearseFigures): string =>
  `${figures.customers} customers over ${figures.months} months: ${figures.activities} activities at ${figures.activitiesPerSecond}/s, ` +
  `bare ones at ${figures.barePerSecond}/s: ratio ${figures.ratio}; ${figures.differences} differences from the simulation\n`;

function apiInWords({
  customers,
  monthsOpen,
  messages,
  floor,
  measured,
  slow,
}: ApiFigures): string {
  const row = (one: { address: string; p50: number; p95: number }): string =>
    `${one.p50.toFixed(1).padStart(8)} ${one.p95.toFixed(1).padStart(8)}  ${one.address}`;
  return [
    `${customers} customers, ${monthsOpen} open months, ${messages} messages; milliseconds, p50 and p95:`,
    ...measured.map(row),
    `${row(floor)} (SELECT 1)`,
    slow.length === 0 ? 'every p95 is under 150 ms' : `over 150 ms: ${slow.join(', ')}`,
    '',
  ].join('\n');
}

function inWords({
  customers,
  campaignPerSecond,
  barePerSecond,
  ratio,
  scripted,
}: MonthFigures): string {
  const lines = scripted.map(
    ({ name, events, actions }) => `  ${name}: ${events} events, ${actions} actions`,
  );
  return [
    `${customers} months at ${campaignPerSecond}/s, bare workflows at ${barePerSecond}/s: ratio ${ratio}`,
    ...lines,
    '',
  ].join('\n');
}

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
});
