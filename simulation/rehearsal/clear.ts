import { campaignId, cycleId, deviceId } from '../../domain/run-ids';
import { inLanes } from './lanes';
import type { Stage } from './stage';

const LANES = 20;
const NOT_FOUND = 5;

/** Deletes the rehearsal's runs, ended or not, with their histories. Safe to repeat. */
export async function clear({ db, connection, namespace, prefix }: Stage): Promise<void> {
  const rows = await db.$queryRaw<{ kind: string; key: string; period: string }[]>`
    select 'campaign' as kind, station as key, period from campaign
    union all select 'cycle', customer_no, period from cycle
    union all select distinct 'device', customer_no, '' from device_case`;
  await inLanes(rows, LANES, async ({ kind, key, period }) => {
    const id =
      kind === 'device' ? deviceId(key) : (kind === 'cycle' ? cycleId : campaignId)(key, period);
    const workflowExecution = { workflowId: `${prefix}${id}` };
    try {
      await connection.workflowService.deleteWorkflowExecution({ namespace, workflowExecution });
    } catch (error) {
      if ((error as { code?: number }).code !== NOT_FOUND) throw error;
    }
  });
}
