import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Period } from '../domain/time';
import { backtest, type Backtest, type PolicyFigures } from '../simulation/backtest';
import { backtestMarkdown, estimateText, percentText } from '../simulation/backtest-markdown';
import { monthsOf, type BookMonth } from '../simulation/observe';
import { readBook } from '../simulation/read-book';
import { optional, periodOption } from './arguments';
import type { Cli } from './cli';
import { Exit, EXIT } from './exit';
import { plainly } from './plainly';
import { gradingOf } from './policy-named';

export type BacktestOptions = Readonly<{
  book: string;
  policy: string;
  against?: string;
  testFrom?: string;
  out?: string;
  json?: boolean;
}>;

/** Grades the book month by month and prints how well that told who then paid late. Writes nothing but the files asked for. */
export async function runBacktest(cli: Cli, options: BacktestOptions): Promise<void> {
  const ids = [options.policy, ...(options.against === undefined ? [] : [options.against])];
  const policies = await Promise.all(ids.map((id) => gradingOf(cli, id)));
  const wanted = optional(cli, options.testFrom, periodOption);
  const { customers } = await plainly(cli, () => readBook(options.book));
  const months = monthsOf(customers.flatMap(({ bills }) => bills));
  const testFrom = testFromOf(cli, months, wanted);
  const found = backtest(customers, policies, { months, testFrom });
  if (options.out !== undefined) await write(cli, options.out, found);
  if (options.json === true) cli.screen.json(found);
  else await print(cli, found);
}

/** The last two months unless said otherwise: half of those that have a record, when there are six. */
function testFromOf(cli: Cli, months: readonly BookMonth[], wanted: Period | undefined): Period {
  const last = months.at(-1);
  const from = wanted ?? months.at(-2)?.period;
  if (last === undefined || from === undefined || from > last.period)
    throw new Exit(EXIT.usage, cli.t('backtest.noTest'));
  return from;
}

async function write(cli: Cli, folder: string, found: Backtest): Promise<void> {
  await plainly(cli, async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'backtest.json'), `${JSON.stringify(found, rounded, 2)}\n`);
    await writeFile(join(folder, 'backtest.md'), backtestMarkdown(found));
  });
}

/** Four decimals say more than the intervals allow. */
const rounded = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toFixed(4)) : value;

async function print({ t, screen }: Cli, { policies, testFrom }: Backtest): Promise<void> {
  screen.line(t('backtest.test', { from: testFrom }));
  const right = ['head.customers', 'head.paidLate', 'head.auc', 'head.liftOfI', 'head.caughtByI'];
  const heads = right.map((head) => ({ head: t(head as 'head.auc'), right: true }));
  const row = ({ policyId, test: { missed }, levels: [ofI] }: PolicyFigures) => [
    policyId,
    missed.customers,
    percentText(missed.rate),
    missed.auc === null ? '–' : estimateText(missed.auc),
    ofI === undefined || ofI.customers === 0 ? '–' : ofI.lift.toFixed(2),
    percentText(ofI?.caught ?? 0),
  ];
  await screen.table([{ head: t('head.policy') }, ...heads], policies.map(row));
}
