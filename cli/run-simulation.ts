import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import costsV1 from '../db/policies/costs-v1.json';
import { WORKS } from '../domain/assumptions';
import type { CivilDate } from '../domain/time';
import { differenceOf, type Difference } from '../simulation/difference';
import { reportHtml } from '../simulation/report';
import type { Summary } from '../simulation/summary';
import { summariseInThreads } from '../simulation/threads';
import type { Costs } from '../simulation/work';
import { loadsOf, type Loads } from '../simulation/load';
import { dayOption, optional } from './arguments';
import { capacitiesOption } from './capacities';
import type { Cli } from './cli';
import { Exit, EXIT } from './exit';
import { plainly } from './plainly';
import { printLoads } from './print-loads';
import { modelOption } from './response-model';
import { sayPaid } from './say-paid';
import { money } from './screen';
import { simulatedBook, type BookOptions } from './simulated-book';

export type SimulateOptions = BookOptions &
  Readonly<{
    from: string;
    to: string;
    policy?: string;
    grading?: string;
    against?: string;
    graded: 'month' | 'day';
    payments: string;
    capacities?: string;
    out?: string;
    json?: boolean;
  }>;

const costs: Costs = { id: costsV1.id, ...costsV1.body };

/** Says what a policy would have done with a book; ends with 1 when that breaks a limit. Writes nothing but the files asked for. */
export async function runSimulation(cli: Cli, options: SimulateOptions): Promise<void> {
  const [from, to] = [dayOption(cli, options.from), dayOption(cli, options.to)];
  if (to < from) throw new Exit(EXIT.usage, cli.t('simulate.toBeforeFrom'));
  const model = await modelOption(cli, options.payments);
  const capacities = await optional(cli, options.capacities, capacitiesOption);
  const { customers, rejected, holidays, ...named } = await simulatedBook(cli, options);
  const grading = await named.grading(options.grading);
  const asked = { from, to, graded: options.graded, costs, model };
  const under = async (name: string | undefined): Promise<Summary> => {
    const rules = { policy: await named.ladder(name), grading, holidays };
    return summariseInThreads(customers, rules, asked);
  };
  const summary = await under(options.policy);
  const { against } = options;
  const difference = against === undefined ? null : differenceOf(summary, await under(against));
  const loads = capacities === undefined ? null : loadsOf(summary, capacities);
  const found: Found = { from, to, rejected, summary, difference, loads };
  if (options.out !== undefined) await write(cli, options.out, found);
  if (options.json === true) cli.screen.json(inShort(found));
  else await print(cli, found);
  if (summary.breaches.length > 0) cli.endWith(EXIT.failure);
}

type Found = Readonly<{
  from: CivilDate;
  to: CivilDate;
  /** Rows of the book that an import would refuse. */
  rejected: number;
  summary: Summary;
  difference: Difference | null;
  /** Null: nobody said what can be done in a day. */
  loads: Loads | null;
}>;

/** Without the rows that have files of their own. */
function inShort({ summary, difference, ...found }: Found): unknown {
  const { days, levels, byCustomer, ...short } = summary;
  const customersDiffering = difference?.customers.length ?? 0;
  const shortDifference =
    difference === null
      ? null
      : {
          against: difference.against,
          totals: difference.totals,
          costFen: difference.costFen,
          payment: difference.payment,
          customersDiffering,
        };
  return {
    ...found,
    ...short,
    rows: { days: days.length, levels: levels.length, customers: byCustomer.length },
    difference: shortDifference,
  };
}

async function write(cli: Cli, folder: string, found: Found): Promise<void> {
  const { from, to, summary, difference, loads } = found;
  const files: Readonly<Record<string, string>> = {
    'simulation.json': `${JSON.stringify(inShort(found), null, 2)}\n`,
    'days.csv': csv(['day', 'station', 'level', 'work', 'count'], summary.days),
    'levels.csv': csv(['day', 'station', 'from', 'to', 'by', 'count'], summary.levels),
    'customers.csv': csv(
      ['customerNo', 'station', 'level', ...WORKS, 'costFen'],
      summary.byCustomer,
    ),
    'report.html': reportHtml({ lang: cli.lang, from, to, summary, difference, loads }),
    ...(difference === null
      ? {}
      : {
          'differences.csv': csv(
            ['customerNo', 'station', ...WORKS, 'costFen'],
            difference.customers,
          ),
        }),
  };
  await plainly(cli, async () => {
    await mkdir(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  });
}

/** Numbers, days, and keys that the import has looked at: nothing in them needs quotes. */
const csv = <K extends string>(
  columns: readonly K[],
  rows: readonly Readonly<Record<K, string | number | null>>[],
): string =>
  [columns, ...rows.map((row) => columns.map((name) => row[name] ?? ''))]
    .map((cells) => `${cells.join(',')}\n`)
    .join('');

async function print(cli: Cli, { summary, difference, rejected, loads }: Found): Promise<void> {
  const { t, screen } = cli;
  const { policyId, customers, totals, busiest, breaches } = summary;
  screen.line(t('simulate.is', { policy: policyId, customers }));
  if (rejected > 0) screen.line(t('simulate.rejected', { rejected }));
  const more = (text: string | number): (string | number)[] => (difference === null ? [] : [text]);
  const right = [
    t('head.total'),
    t('head.busiest'),
    ...more(t('head.difference', { against: difference?.against ?? '' })),
  ];
  const rows = WORKS.map((work) => [
    t(`simulate.work.${work}`),
    totals[work],
    busiest[work].day === null ? '–' : `${busiest[work].count} (${busiest[work].day})`,
    ...more(difference?.totals[work] ?? 0),
  ]);
  const cost = [
    t('simulate.cost'),
    money(summary.costFen),
    '',
    ...more(money(difference?.costFen ?? 0)),
  ];
  await screen.table(
    [{ head: t('head.work') }, ...right.map((head) => ({ head: String(head), right: true }))],
    [...rows, cost],
  );
  if (difference !== null)
    screen.line(t('simulate.differing', { count: difference.customers.length }));
  screen.line(t('simulate.breaches', { count: breaches.length }));
  if (loads !== null) await printLoads(cli, loads);
  tellPaid(cli, summary, difference);
  screen.aside(t('simulate.assumes'));
}

/** When the bills were paid, and by whose word. */
function tellPaid(cli: Cli, summary: Summary, difference: Difference | null): void {
  const { t, screen } = cli;
  sayPaid(cli, summary.policyId, summary.payment);
  if (summary.model === null) {
    screen.aside(t('simulate.recorded'));
    return;
  }
  if (difference !== null) sayPaid(cli, difference.against, difference.payment);
  screen.aside(t('simulate.modelled', summary.model));
}
