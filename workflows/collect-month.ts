import {
  continueAsNew,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { MonthActivities } from '../activities/month';
import { now, ownMs } from './clock';
import {
  plan as planQuery,
  type CollectMonthInput,
  type CollectMonthResult,
  type TurnResult,
} from './contract';
import { openInbox } from './inbox';

/** No limit on attempts: while Postgres or a provider is away the cycle waits, and goes on. */
const retry = {
  initialInterval: '1 second',
  backoffCoefficient: 2,
  maximumInterval: '5 minutes',
} as const;

const { takeTurn } = proxyActivities<MonthActivities>({ startToCloseTimeout: '90 seconds', retry });
const { look } = proxyLocalActivities<MonthActivities>({
  startToCloseTimeout: '20 seconds',
  retry,
});

/** Collects one customer's month. It knows no rule: it sleeps until the planned instant and takes the step, or is woken and looks again. */
export async function collectMonth({
  next,
  known,
  ...cycle
}: CollectMonthInput): Promise<CollectMonthResult> {
  const inbox = openInbox();
  let plan: TurnResult = next;
  let seen = known;
  setHandler(planQuery, () => plan);

  while (plan.do !== 'close') {
    const woken = await inbox.wokenBefore(ownMs(plan.at, cycle.offsetMs));
    const turn = { ...cycle, asOf: now(cycle.offsetMs), ...(seen ? { known: seen } : {}) };
    plan = woken ? await look({ ...turn, commands: inbox.take() }) : await takeTurn(turn);
    seen = plan.taken?.at(-1) ?? seen;
    if (workflowInfo().continueAsNewSuggested)
      await continueAsNew<typeof collectMonth>({
        ...cycle,
        next: plan,
        ...(seen ? { known: seen } : {}),
      });
  }
  return plan.outcome;
}
