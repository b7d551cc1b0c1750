import { userInfo } from 'node:os';
import { addressesOf } from '../engine/connect';
import { repair as bringTogether } from '../worker/repair';
import { atWork } from './at-work';
import type { Cli } from './cli';
import { EXIT, type ExitCode } from './exit';

/** Brings runs and facts together after one of them was restored to an earlier day. 3 when something has to be imported first. */
export async function repair(
  { config, screen, t }: Cli,
  { dryRun = false, json }: { dryRun?: boolean; json?: boolean },
): Promise<ExitCode> {
  const { TEMPORAL_TASK_QUEUE: taskQueue, ...where } = await config();
  const order = { dryRun, actor: userInfo().username };
  const result = await atWork(addressesOf(where), taskQueue, (at) => bringTogether(at, order));
  const { recalled, started, ended, unknown } = result;
  if (json === true) screen.json({ ...result, dryRun });
  else {
    const said = t('repair.done', { recalled, started, ended });
    screen.line(dryRun ? t('order.would', { done: said }) : said);
    if (unknown.length > 0)
      screen.line(
        t('repair.unknown', { count: unknown.length, months: unknown.slice(0, 10).join(', ') }),
      );
  }
  return unknown.length > 0 ? EXIT.partly : EXIT.done;
}
