import type { Command } from 'commander';
import type { OpenOptions } from './campaign-open';
import type { ScheduleOptions } from './campaign-schedule';
import { below, listing, showing, trying, type Cli, type Listed, type Printed } from './cli';

/** `tarim campaign open|status|list|show|schedule`. */
export function register(program: Command, cli: Cli): void {
  const { t } = cli;
  const campaign = below(program, cli, 'campaign', 'campaign');
  showing(trying(below(campaign, cli, 'open', 'campaign.open'), cli), cli)
    .option('--period <yyyy-mm>', t('campaign.open.period'))
    .option('--as-of <day>', t('campaign.open.asOf'))
    .option('--station <code>', t('opt.station'))
    .option('--limit <n>', t('campaign.open.limit'))
    .option('--reason <text>', t('opt.reason'))
    .option('--id <key>', t('opt.id'))
    .action(async (options: OpenOptions) => {
      const { openCampaign } = await import('./campaign-open.js');
      await openCampaign(cli, options);
    });
  showing(below(campaign, cli, 'status', 'campaign.status'), cli)
    .option('--period <yyyy-mm>', t('campaign.status.period'))
    .action(async (options: { period?: string; json?: boolean }) => {
      const { campaignShow } = await import('./campaign-show.js');
      await campaignShow(cli, options);
    });
  listing(below(campaign, cli, 'list', 'campaign.list'), cli).action(async (options: Listed) => {
    const { listCampaigns } = await import('./campaigns.js');
    await listCampaigns(cli, options);
  });
  showing(below(campaign, cli, 'show <period>', 'campaign.show'), cli).action(
    async (period: string, options: Printed) => {
      const { showCampaign } = await import('./campaigns.js');
      await showCampaign(cli, period, options);
    },
  );
  showing(trying(below(campaign, cli, 'schedule', 'campaign.schedule'), cli), cli)
    .option('--day <n>', t('campaign.schedule.day'), '1')
    .option('--hour <n>', t('campaign.schedule.hour'), '9')
    .option('--station <code>', t('opt.station'))
    .option('--pause', t('campaign.schedule.pause'))
    .option('--resume', t('campaign.schedule.resume'))
    .option('--remove', t('campaign.schedule.remove'))
    .option('--list', t('campaign.schedule.list'))
    .option('--reason <text>', t('opt.reason'))
    .option('--id <key>', t('opt.id'))
    .action(async (options: ScheduleOptions) => {
      const { scheduleCampaigns } = await import('./campaign-schedule.js');
      await scheduleCampaigns(cli, options);
    });
}
