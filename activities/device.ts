import { applySignalCommand } from '../db/signal-commands';
import { inTransaction, type Sql } from '../db/client';
import { advanceDeviceCase, giveDeviceTask, loadDeviceCase, type DeviceCase } from '../db/devices';
import { loadAccounts } from '../db/facts';
import { escalateTask } from '../db/tasks';
import { nextDeviceStep, qualifies, type DevicePlan } from '../domain/device';
import type { LadderPolicy } from '../domain/policy';
import { dateOf, monthsLater, periodOf, type Instant } from '../domain/time';
import { dueAfter } from '../domain/window';
import type { DeviceTurn } from '../workflows/contract';
import type { Deps } from './deps';
import { permanent } from './failures';
import { deliverOffer } from './offer';

/** Stages that one turn may pass: more is a rule that does not end. */
const STEPS_PER_TURN_MAX = 10;

export const createDeviceActivities = (deps: Deps) => ({
  /**
   * Applies the orders that came by signal and that the database does not know yet, does what is due for one proposal and says what it
   * waits for. Safe to retry: orders are unique by id, and each move is only from the stage that was seen.
   * @throws `UnknownDeviceCase`, permanent.
   */
  async takeDeviceTurn({ customerNo, asOf, commands = [] }: DeviceTurn): Promise<DevicePlan> {
    const { db, book } = deps;
    for (const command of commands)
      await applySignalCommand(db, book, { customerNo, asOf }, command);
    const { policy } = await book.rules(await book.ladderInForce(dateOf(asOf)));
    for (let taken = 0; taken < STEPS_PER_TURN_MAX; taken += 1) {
      const plan = await inTransaction(db, (tx) =>
        takeDeviceStep(tx, { customerNo, asOf }, policy),
      );
      if (plan.do === 'close' || plan.at === null || plan.at > asOf) return plan;
      if (plan.do === 'deliver') await deliverOffer(deps, { customerNo, asOf }, plan.messageId);
    }
    throw new RangeError(
      `device/${customerNo}: more than ${STEPS_PER_TURN_MAX} steps due at ${asOf}`,
    );
  },
});

export type DeviceActivities = ReturnType<typeof createDeviceActivities>;

async function takeDeviceStep(
  tx: Sql,
  { customerNo, asOf }: DeviceTurn,
  policy: LadderPolicy,
): Promise<DevicePlan> {
  await tx.$queryRaw`select from customer where customer_no = ${customerNo} for update`;
  const found = await loadDeviceCase(tx, customerNo);
  if (found === null) throw permanent('UnknownDeviceCase', { customerNo });
  // A run may begin by a clock behind that of the cycle which proposed it; a case never goes back in time.
  const at = asOf > found.stageAt ? asOf : found.stageAt;
  const plan = nextDeviceStep(
    { ...found, recordClean: await recordIsClean(tx, { customerNo, at, policy }) },
    at,
  );
  if (plan.do === 'giveTask') {
    const dueAt = dueAfter(at, policy.device.taskDays, policy.limits);
    await giveDeviceTask(tx, found, { customerNo, kind: plan.task, at, dueAt });
  } else if (plan.do === 'advance') {
    await advance(tx, found, { to: plan.to, at, restMonths: policy.device.restMonths });
  } else if (plan.do === 'escalateTask' && plan.at <= at) {
    await escalateTask(tx, plan.taskId, at);
  }
  return plan;
}

async function advance(
  tx: Sql,
  found: DeviceCase,
  { to, at, restMonths }: Readonly<{ to: DeviceCase['stage']; at: Instant; restMonths: number }>,
): Promise<void> {
  const reason = to === 'withdrawn' ? 'record became clean' : (found.task?.outcome ?? '');
  await advanceDeviceCase(tx, found, {
    to,
    at,
    reason,
    restUntil: to === 'refused' ? monthsLater(dateOf(at), restMonths) : null,
  });
}

async function recordIsClean(
  tx: Sql,
  { customerNo, at, policy }: { customerNo: string; at: Instant; policy: LadderPolicy },
): Promise<boolean> {
  const [account] = await loadAccounts(tx, [customerNo], periodOf(dateOf(at)), at);
  return account !== undefined && qualifies(account.facts, policy, at) === null;
}
