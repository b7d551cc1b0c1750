import type { Config } from '../config';
import { stationNow } from '../db/clock';
import { gradeBook, type GradedCustomer } from '../db/grading';
import { openRuleBook } from '../db/rules';
import { levelLabel } from '../domain/policy';
import { dateOf } from '../domain/time';
import { asOfOption, print, printJson, printTable } from './output';
import { withSession } from './session';

export type GradeOptions = Readonly<{ asOf?: string; csv?: boolean; json?: boolean }>;

/** Levels are printed as severities 1 to 3 in CSV and JSON, 1 the gravest, and as Ⅰ to Ⅲ for people. */
export async function gradeAll(config: Config, { asOf, csv, json }: GradeOptions): Promise<void> {
  await withSession(config, async ({ db }) => {
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
