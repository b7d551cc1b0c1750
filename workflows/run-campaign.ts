import { continueAsNew, proxyActivities, workflowInfo } from '@temporalio/workflow';
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
export async function runCampaign(input: RunCampaignInput): Promise<RunCampaignResult> {
  const { station, openedBy, offsetMs, limit = Infinity } = input;
  const period = input.period ?? monthOf(now(offsetMs));
  const total = { seen: 0, opened: 0, ...input.before };

  for (let after: string | null = input.after ?? ''; after !== null && total.seen < limit;) {
    const size = Math.min(PAGE_SIZE, limit - total.seen);
    const page: PageResult = await openPage({
      station,
      period,
      openedBy,
      offsetMs,
      asOf: now(offsetMs),
      after,
      size,
    });
    total.seen += page.seen;
    total.opened += page.opened;
    after = page.last;
    if (after !== null && workflowInfo().continueAsNewSuggested) {
      await continueAsNew<typeof runCampaign>({ ...input, period, after, before: total });
    }
  }
  await finishCampaign({ station, period });
  return total;
}
