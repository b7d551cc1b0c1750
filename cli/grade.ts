import type { Command } from 'commander';
import { openRuleBook } from '../db/rules';
import { gradeBook, type GradedCustomer } from '../db/grading';
import { stationNow } from '../db/clock';
import { levelLabel } from '../domain/policy';
import { dateOf } from '../domain/time';
import { asOfOption, print, printJson, printTable } from './output';
import { withSession } from './session';

type Options = { asOf?: string; csv?: boolean; json?: boolean };

export function register(program: Command): void {
  program
    .command('grade')
    .description('grade every customer as of a day; nothing is written')
    .option('--as-of <day>', 'a day or an instant; now when absent')
    .option('--csv', 'customer_no,level,score')
    .option('--json', 'with every point and its reason')
    .action((options: Options) => grade(options));
}

/** Levels are printed as severities 1 to 3 in CSV and JSON, 1 the gravest, and as Ⅰ to Ⅲ for people. */
async function grade({ asOf, csv, json }: Options): Promise<void> {
  await withSession(async ({ db }) => {
    const at = asOf === undefined ? await stationNow(db) : asOfOption(asOf);
    const policy = await openRuleBook(db).grading(dateOf(at));
    const all: GradedCustomer[] = [];
    if (csv === true) print('customer_no,level,score');
    for await (const page of gradeBook(db, policy, at)) {
      if (csv === true)
        print(
          page.map(({ customerNo, level, score }) => `${customerNo},${level},${score}`).join('\n'),
        );
      else all.push(...page);
    }
    if (json === true) printJson(all);
    else if (csv !== true) summary(all);
  });
}

function summary(all: readonly GradedCustomer[]): void {
  const rows = ([1, 2, 3] as const).map((level) => {
    const of = all.filter((row) => row.level === level);
    const mean = of.length === 0 ? 0 : of.reduce((sum, { score }) => sum + score, 0) / of.length;
    return [
      levelLabel[level],
      of.length,
      mean.toFixed(1),
      of.filter(({ screened }) => screened).length,
    ];
  });
  printTable(['level', 'customers', 'mean score', 'screened'], rows);
}
