import { finishTask } from '../db/task-outcomes';
import { scenario, type Scenario } from '../test/support/scenario';
import { startStation, type Station } from '../test/support/station';

/** What one customer's month cost: events of its history, and billable actions (starts, activities, timers, signals, local activities). */
export type Scripted = Readonly<{
  name: string;
  events: number;
  actions: number;
  parts: Readonly<Record<string, number>>;
}>;

/**
 * Four customers' months in virtual time on the real server. The events that only time skipping leaves are not counted: production has
 * none. Needs the variables of a test run: an engine whose namespace may skip time.
 */
export async function scriptedMonths(): Promise<Scripted[]> {
  const world = await startStation();
  try {
    const scripts = { earlyPayer, afterFirstOverdue, levelTwoToReview, levelOneToReviewAndDevice };
    const results: Scripted[] = [];
    for (const [name, script] of Object.entries(scripts)) {
      const customer = await script(world);
      results.push({ name, ...(await costOf(world, customer.workflowId())) });
    }
    return results;
  } finally {
    await world.close();
  }
}

async function opened(world: Station, name: string, level: 1 | 2 | 3): Promise<Scenario> {
  const customer = await scenario(world, name, level);
  await customer.billed('2026-07', 100);
  await customer.opens('2026-07');
  return customer;
}

async function earlyPayer(world: Station): Promise<Scenario> {
  const customer = await opened(world, 'early', 3);
  await customer.pays(100, await customer.until('2026-07-10'));
  await customer.ends();
  return customer;
}

async function afterFirstOverdue(world: Station): Promise<Scenario> {
  const customer = await opened(world, 'overdue', 3);
  await customer.pays(100, await customer.until('2026-07-22'));
  await customer.ends();
  return customer;
}

async function levelTwoToReview(world: Station): Promise<Scenario> {
  const customer = await opened(world, 'two', 2);
  return handedOver(world, customer, '2026-08-10');
}

async function levelOneToReviewAndDevice(world: Station): Promise<Scenario> {
  const customer = await opened(world, 'one', 1);
  return handedOver(world, customer, '2026-07-31');
}

async function handedOver(world: Station, customer: Scenario, day: string): Promise<Scenario> {
  const then = await customer.until(day);
  const taskId = await customer.taskOf('review');
  await finishTask(world.db, world.book, customer.order('review', then), {
    taskId,
    outcome: 'handOver',
    note: '',
    promisedOn: null,
  });
  await customer.ends();
  return customer;
}

/** Attributes of history events, and what each counts as. */
const ACTIONS = {
  workflowExecutionStartedEventAttributes: 'starts',
  activityTaskScheduledEventAttributes: 'activities',
  timerStartedEventAttributes: 'timers',
  workflowExecutionSignaledEventAttributes: 'signals',
  markerRecordedEventAttributes: 'localActivities',
} as const;

async function costOf({ client }: Station, workflowId: string): Promise<Omit<Scripted, 'name'>> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  const all = (events ?? []).filter(
    (event) => (event.workflowExecutionTimeSkippingTransitionedEventAttributes ?? null) === null,
  );
  const parts: Record<string, number> = {};
  for (const [attributes, part] of Object.entries(ACTIONS)) {
    parts[part] = all.filter(
      (event) => (event[attributes as keyof typeof ACTIONS] ?? null) !== null,
    ).length;
  }
  return {
    events: all.length,
    actions: Object.values(parts).reduce((sum, n) => sum + n, 0),
    parts,
  };
}
