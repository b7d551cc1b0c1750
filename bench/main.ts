import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import type { ApiFigures } from './api';
import type { Visit } from './browsing';
import type { ConsoleFigures } from './console';
import { campaignDay } from './day';
import type { LoadFigures } from './load';
import type { MonthFigures } from './month';
import type { RehearseFigures } from './rehearse';
import type { SimulateFigures } from './simulate';

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

program
  .command('import')
  .description('the bills from their file, against COPY of the same rows into the same table')
  .option('--book <folder>', 'customers, bills and payments as CSV', BOOK)
  .option('--json', 'for programs')
  .action(async ({ book, json }: { book: string; json?: boolean }) => {
    const { benchImport } = await import('./import.js');
    const figures = await benchImport({ book });
    process.stdout.write(
      json === true
        ? `${JSON.stringify(figures, null, 2)}\n`
        : `${figures.bills} bills in ${figures.importSeconds.join(', ')} s, by COPY in ${figures.copySeconds.join(', ')} s: ratio ${figures.ratio}\n`,
    );
  });

program
  .command('console')
  .description('what a supervisor waits for in the browser, with the whole book')
  .option('--book <folder>', 'customers, bills and payments as CSV', BOOK)
  .option('--rounds <n>', 'visits of a page, and searches', '10')
  .option('--json', 'for programs')
  .action(async ({ book, rounds, json }: { book: string; rounds: string; json?: boolean }) => {
    const { benchConsole } = await import('./console.js');
    const figures = await benchConsole({ book, rounds: Number(rounds) });
    process.stdout.write(
      json === true ? `${JSON.stringify(figures, null, 2)}\n` : consoleInWords(figures),
    );
  });

function consoleInWords({ month, list, searchMs, scroll }: ConsoleFigures): string {
  const visit = ({ paintedMs, readyMs }: Visit): string =>
    `painted in ${paintedMs.p50} ms (at most ${paintedMs.max}), there in ${readyMs.p50} ms (${readyMs.max})`;
  return [
    `the month: ${visit(month)}`,
    `the customers: ${visit(list)}`,
    `a search: ${searchMs.p50} ms (at most ${searchMs.max})`,
    `${scroll.rows} rows in ${scroll.seconds} s: frames of ${scroll.frameMs.p50} ms (p50), ${scroll.frameMs.p99} ms (p99), at most ${scroll.frameMs.max}; ${scroll.longTasks} long tasks; at most ${scroll.drawnMax} rows drawn; ${scroll.heapMib} MiB; ${scroll.pagesRead} pages read, ${scroll.pagesReadAgain} again`,
    '',
  ].join('\n');
}

program
  .command('load')
  .description(
    'many open months: payments that stop them, readers, memory, and what one more costs',
  )
  .option('--book <folder>', 'customers, bills and payments as CSV', BOOK)
  .option('--customers <n>', 'whose months are opened in the end', '20000')
  .option('--json', 'for programs')
  .action(
    async ({ book, customers, json }: { book: string; customers: string; json?: boolean }) => {
      const { benchLoad } = await import('./load.js');
      const figures = await benchLoad({ book, customers: Number(customers) });
      process.stdout.write(
        json === true ? `${JSON.stringify(figures, null, 2)}\n` : loadInWords(figures),
      );
    },
  );

function loadInWords({
  monthsOpen,
  stopping,
  reading,
  secondsEach,
  memory,
  kibEach,
}: LoadFigures): string {
  const kept = Object.entries(kibEach).map(([name, kib]) => `${name} ${kib} KiB`);
  const held = Object.entries(memory).map(([name, mib]) => `${name} ${mib} MiB`);
  return [
    ...stopping.map(
      (at) =>
        `${monthsOpen[0]} months open: ${at.payments} payments at ${at.perSecond}/s stopped theirs within ${at.p50Ms} ms (p50), ${at.p99Ms} ms (p99); ${at.unended} did not end`,
    ),
    `${reading.readers} readers while months open: ${reading.perSecond} answers a second, failed of ${reading.answers}: ${JSON.stringify(reading.failed)}; ${reading.p50Ms} ms (p50), ${reading.p95Ms} ms (p95), ${reading.p99Ms} ms (p99)`,
    `a month opened: ${secondsEach.first} s at first, ${secondsEach.last} s at last: growth ${secondsEach.growth}`,
    `${monthsOpen[1]} months open: ${held.join(', ')}`,
    `on disk for each of them: ${kept.join(', ')}`,
    '',
  ].join('\n');
}

program
  .command('simulate')
  .description('a book over six months in memory, graded each day: time, growth, memory')
  .option('--book <folder>', 'customers, bills and payments as CSV', BOOK)
  .option('--json', 'for programs')
  .action(async ({ book, json }: { book: string; json?: boolean }) => {
    const { benchSimulate } = await import('./simulate.js');
    const figures = await benchSimulate({ book });
    process.stdout.write(
      json === true ? `${JSON.stringify(figures, null, 2)}\n` : simulationInWords(figures),
    );
  });

const simulationInWords = ({ whole, seconds, growth, peakMiB }: SimulateFigures): string =>
  `${whole.customers} customers, graded each day: ${seconds} s with reading, ${growth} times a tenth of them, at most ${peakMiB} MiB\n`;

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
  sums,
}: ApiFigures): string {
  const row = (one: { address: string; p50: number; p95: number }): string =>
    `${one.p50.toFixed(1).padStart(8)} ${one.p95.toFixed(1).padStart(8)}  ${one.address}`;
  return [
    `${customers} customers, ${monthsOpen} open months, ${messages} messages; milliseconds, p50 and p95:`,
    ...measured.map(row),
    `${row(floor)} (SELECT 1)`,
    slow.length === 0
      ? 'every p95 of a list or a detail is under 150 ms'
      : `over 150 ms: ${slow.join(', ')}`,
    `sums over the book: ${sums.join(', ')}`,
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

program
  .command('day')
  .description(
    'the first day of a campaign at any size, minute by minute, as flows: no engine is asked',
  )
  .option('--customers <n>', 'on the book', '1000000')
  .option('--owing <part>', 'of them', '0.93')
  .option('--machines <n>', 'of two cores for engine, database and worker', '1')
  .option('--months <n>', 'that a machine opens in a second: bench load', '29')
  .option(
    '--payment-cost <part>',
    'of a payment, of what an opening costs: bench load, docs/scale.md',
    '0.75',
  )
  .option('--paying <part>', 'of who owes, on that day from 9 to 17', '0.1')
  .option('--sms <n>', 'texts a second that the provider takes', '100')
  .option('--mail <n>', 'letters a second that the mail server takes', '100')
  .option('--json', 'as it is in any case')
  .action((given: Record<string, string>) => {
    const value = (name: string): number => Number(given[name]);
    const input = {
      ...{ customers: value('customers'), owing: value('owing'), machines: value('machines') },
      ...{ monthsPerSecond: value('months'), paymentCost: value('paymentCost') },
      ...{ paying: value('paying'), smsPerSecond: value('sms'), mailPerSecond: value('mail') },
    };
    process.stdout.write(`${JSON.stringify({ ...input, ...campaignDay(input) }, null, 2)}\n`);
  });

program
  .command('all')
  .description('every one of them, one after the other, as JSON; an hour with the full book')
  .option('--book <folder>', 'customers, bills and payments as CSV', BOOK)
  .option('--json', 'as it is in any case')
  .action(async ({ book }: { book: string }) => {
    for (const name of ['import', 'month', 'api', 'console', 'load', 'simulate', 'rehearse']) {
      const figures = await alone(name, book);
      process.stdout.write(`${JSON.stringify({ [name]: figures })}\n`);
    }
  });

/** In a process of its own, so that none finds what another left in the memory. */
async function alone(name: string, book: string): Promise<unknown> {
  process.stderr.write(`== ${name}\n`);
  const args = [join(ROOT, 'bin', 'bench.mjs'), name, '--json', '--book', book];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [text] = await Promise.all([child.stdout.toArray(), once(child, 'exit')]);
  if (child.exitCode !== 0) throw new Error(`${name} ended with ${child.exitCode}`);
  return JSON.parse(Buffer.concat(text as Buffer[]).toString()) as unknown;
}

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
});
