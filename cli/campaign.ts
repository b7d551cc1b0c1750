import type { Command } from 'commander';
import type { Config } from '../config';
import type { OpenOptions } from './campaign-open';

/** `tarim campaign open|status|schedule`. */
export function register(program: Command, config: () => Config): void {
  const campaign = program
    .command('campaign')
    .description("open a month's collection, and see how it stands");
  campaign
    .command('open')
    .description('open the month of every customer; a repeat opens nothing twice')
    .option('--period <yyyy-mm>', "the bills' month; that of the day when absent")
    .option('--as-of <day>', "the day it is opened on; moves the station's clock (never when live)")
    .option('--station <code>', 'one station only')
    .option('--limit <n>', 'at most so many customers of each station')
    .option('--dry-run', 'say what would be opened')
    .option('--json', 'for programs')
    .action(async (options: OpenOptions) => {
      const { openCampaign } = await import('./campaign-open.js');
      await openCampaign(config(), options);
    });
  campaign
    .command('status')
    .description('customers by level, messages by step and channel, tasks, recovery rate')
    .option('--period <yyyy-mm>', 'the latest opened when absent')
    .option('--json', 'for programs')
    .action(async (options: { period?: string; json?: boolean }) => {
      const { campaignShow } = await import('./campaign-show.js');
      await campaignShow(config(), options);
    });
  campaign
    .command('schedule')
    .description('open each month by itself: one Temporal Schedule for each station')
    .option('--day <n>', 'day of the month', '1')
    .option('--hour <n>', 'hour in Asia/Shanghai', '9')
    .option('--remove', 'no longer')
    .action(async (options: { day: string; hour: string; remove?: boolean }) => {
      const { scheduleCampaigns } = await import('./campaign-schedule.js');
      await scheduleCampaigns(config(), options);
    });
}
