import { proxyActivities, setHandler } from '@temporalio/workflow';
import type { DeviceActivities } from '../activities/device';
import { now, ownMs } from './clock';
import { plan as planQuery, type ProposeDeviceInput, type ProposeDeviceResult } from './contract';
import { openInbox } from './inbox';

const { takeDeviceTurn } = proxyActivities<DeviceActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '5 minutes' },
});

/** Walks one proposal of the prepaid device from task to task. Nothing happens by itself: a person's outcome leads on. */
export async function proposeDevice({
  customerNo,
  offsetMs,
}: ProposeDeviceInput): Promise<ProposeDeviceResult> {
  const inbox = openInbox();
  const turn = () => ({ customerNo, asOf: now(offsetMs), offsetMs });
  let plan = await takeDeviceTurn(turn());
  setHandler(planQuery, () => plan);

  while (plan.do !== 'close') {
    await inbox.wokenBefore(ownMs(plan.at, offsetMs));
    plan = await takeDeviceTurn({ ...turn(), commands: inbox.take() });
  }
  return plan.stage;
}
