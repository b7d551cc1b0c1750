import { proxyActivities } from '@temporalio/workflow';
import type { CampaignActivities } from '../activities/campaign';
import { monthOf, now } from './clock';
import type { PageResult, RunCampaignInput, RunCampaignResult } from './contract';

const PAGE_SIZE = 250;

const { openPage, finishCampaign } = proxyActivities<CampaignActivities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '1 minute',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/** Opens the month of every customer of a station, page by page. A page that is repeated opens nothing twice. */
export async function runCampaign({
  limit,
  ...input
}: RunCampaignInput): Promise<RunCampaignResult> {
  const asOf = now(input.offsetMs);
  const campaign = { ...input, asOf, period: input.period ?? monthOf(asOf) };
  const total = { seen: 0, opened: 0 };

  for (let after: string | null = ''; after !== null;) {
    const size: number = Math.min(PAGE_SIZE, (limit ?? Infinity) - total.seen);
    if (size === 0) break;
    const page: PageResult = await openPage({ ...campaign, after, size });
    total.seen += page.seen;
    total.opened += page.opened;
    after = page.last;
  }
  await finishCampaign({ station: campaign.station, period: campaign.period });
  return total;
}
