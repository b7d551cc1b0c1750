import { stationNow } from '../db/clock';
import { gradeBook, type GradedCustomer } from '../db/grading';
import { openRuleBook } from '../db/rules';
import { levelLabel } from '../domain/policy';
import { dateOf } from '../domain/time';
import { asOfOption, optional } from './arguments';
import type { Cli } from './cli';
import { withSession } from './session';

export type GradeOptions = Readonly<{ asOf?: string; csv?: boolean; json?: boolean }>;

/** Levels are printed as severities 1 to 3 in CSV and JSON, 1 the gravest, and as Ⅰ to Ⅲ for people. */
export async function gradeAll(cli: Cli, { asOf, csv, json }: GradeOptions): Promise<void> {
  await withSession(cli, async ({ db }) => {
    const at = optional(cli, asOf, asOfOption) ?? (await stationNow(db));
    const policy = await openRuleBook(db).grading(dateOf(at));
    const all: GradedCustomer[] = [];
    if (csv === true) cli.screen.line('customer_no,level,score');
    for await (const page of gradeBook(db, policy, at)) {
      if (csv === true)
        cli.screen.line(
          page.map(({ customerNo, level, score }) => `${customerNo},${level},${score}`).join('\n'),
        );
      else all.push(...page);
    }
    if (json === true) cli.screen.json(all);
    else if (csv !== true) await summary(cli, all);
  });
}

async function summary({ t, screen }: Cli, all: readonly GradedCustomer[]): Promise<void> {
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
  const numbers = [t('head.customers'), t('head.score'), t('head.screened')];
  await screen.table(
    [{ head: t('head.level') }, ...numbers.map((head) => ({ head, right: true }))],
    rows,
  );
}
