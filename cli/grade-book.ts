import type { z } from 'zod';
import { Graded, GradedNow } from '../api/schema/gradings';
import { levelLabel } from '../domain/policy';
import { asOfOption, optional } from './arguments';
import type { Cli } from './cli';
import { openApi, type Api } from './client';
import { keyOf } from './order';

export type GradeOptions = Readonly<{
  asOf?: string;
  station?: string;
  write?: boolean;
  reason?: string;
  id?: string;
  dryRun?: boolean;
  csv?: boolean;
  json?: boolean;
}>;

/** Levels are printed as severities 1 to 3 in CSV and JSON, 1 the gravest, and as Ⅰ to Ⅲ for people. */
export async function gradeAll(cli: Cli, options: GradeOptions): Promise<void> {
  const asOf = optional(cli, options.asOf, asOfOption);
  const api = await openApi(cli);
  if (options.write === true) {
    await bringUpToDate(cli, api, options);
    return;
  }
  const { station, csv, json } = options;
  const query = { asOf, station };
  const all = await api.list('/gradings', { query, answer: Graded, limit: Infinity });
  if (csv === true)
    cli.screen.line(
      [
        'customer_no,level,score',
        ...all.map((row) => `${row.customerNo},${row.level},${row.score}`),
      ].join('\n'),
    );
  else if (json === true) cli.screen.json(all);
  else await summary(cli, all);
}

async function bringUpToDate(cli: Cli, api: Api, options: GradeOptions): Promise<void> {
  const { t, screen } = cli;
  const { station, reason = 'grade', dryRun, json } = options;
  const sent = { body: { reason, station }, answer: GradedNow, key: keyOf(options), dryRun };
  const answer = await api.send('/gradings', sent);
  if (json === true) {
    screen.json(answer);
    return;
  }
  if (answer.result === 'repeated') {
    screen.line(t('order.repeated'));
    return;
  }
  const count = answer.levels.reduce((sum, { customers }) => sum + customers, 0);
  const said = t('grade.written', { count });
  screen.line(answer.result === 'wouldApply' ? t('dryRun', { said }) : said);
  if (count === 0) return;
  await screen.table(
    [{ head: t('head.level') }, { head: t('head.customers'), right: true }],
    answer.levels.map(({ level, customers }) => [levelLabel[level], customers]),
  );
}

async function summary({ t, screen }: Cli, all: readonly z.output<typeof Graded>[]): Promise<void> {
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
