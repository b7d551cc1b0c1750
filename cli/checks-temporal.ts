import { Connection } from '@temporalio/client';
import type { Config } from '../config';
import { reachOf } from '../config/temporal';
import { timeSkippingOf } from '../engine/features';
import type { Addresses } from '../engine/supervise';
import { SKIPPING_NAMESPACES } from '../engine/temporal-config';
import type { Check } from './check';

const TIMEOUT_MS = 5_000;
/** Temporal lists a poller for five minutes; one that polls has been seen in the last minute and a bit. */
const FRESH_MS = 90_000;
const DAY_SECONDS = 86_400;

export async function temporalChecks(at: Addresses, config: Config): Promise<Check[]> {
  const address = at.temporalAddress;
  const connection = Connection.lazy({
    address,
    ...reachOf(config),
    connectTimeout: TIMEOUT_MS,
  });
  try {
    const reached = await looked('temporal reachable', () => server(connection, at));
    if (!reached.ok) return [reached];
    const namespaces = [at.namespace, ...SKIPPING_NAMESPACES.filter((n) => n !== at.namespace)];
    return [
      reached,
      await looked('namespace', () => namespaceCheck(connection, at.namespace)),
      ...(await Promise.all(
        namespaces.map((name) => looked(`time skipping ${name}`, () => skipping(connection, name))),
      )),
      await looked('worker', () => pollers(connection, at.namespace, config.TEMPORAL_TASK_QUEUE)),
    ];
  } finally {
    await connection.close();
  }
}

type Finding = Omit<Check, 'name'>;
const fine = (detail: string): Finding => ({ ok: true, detail, remedy: null });
const wrong = (detail: string, remedy: string): Finding => ({ ok: false, detail, remedy });

/** What is thrown on the way is a finding too. */
async function looked(name: string, look: () => Promise<Finding>): Promise<Check> {
  try {
    return { name, ...(await look()) };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { name, ...wrong(detail, 'see logs/temporal.log in TARIM_HOME') };
  }
}

async function server(connection: Connection, { temporalAddress }: Addresses): Promise<Finding> {
  const { serverVersion } = await connection.withDeadline(Date.now() + TIMEOUT_MS, () =>
    connection.workflowService.getSystemInfo({}),
  );
  return fine(`${serverVersion} at ${temporalAddress}`);
}

async function namespaceCheck(connection: Connection, namespace: string): Promise<Finding> {
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  const days = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) / DAY_SECONDS;
  return fine(`${namespace}, keeps closed workflows ${days} days`);
}

/** It must be off where the real book is: nothing may ever hurry a real customer's month. */
async function skipping(connection: Connection, namespace: string): Promise<Finding> {
  const trial = SKIPPING_NAMESPACES.some((name) => name === namespace);
  const found = await timeSkippingOf(connection, namespace);
  if (found === 'noNamespace') return fine('no such namespace here yet');
  if (trial && found === 'off') {
    return { ok: true, detail: 'off: no rehearsal on this server', remedy: null };
  }
  if (!trial && found === 'on') {
    return wrong('on, for real customers', `switch time skipping off for ${namespace}`);
  }
  return fine(trial ? 'on, as it should be' : 'off, as it should be');
}

/** The numbers of the wire; the enum itself is in a package that is not ours to import. */
type Kind = NonNullable<
  Parameters<Connection['workflowService']['describeTaskQueue']>[0]['taskQueueType']
>;

async function pollers(
  connection: Connection,
  namespace: string,
  taskQueue: string,
): Promise<Finding> {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment
  const kinds = { workflows: 1 as Kind, activities: 2 as Kind };
  const missing: string[] = [];
  for (const [kind, taskQueueType] of Object.entries(kinds)) {
    const request = { namespace, taskQueue: { name: taskQueue }, taskQueueType };
    const { pollers: seen } = await connection.workflowService.describeTaskQueue(request);
    const fresh = seen.filter(
      ({ lastAccessTime }) => Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1000 < FRESH_MS,
    );
    if (fresh.length === 0) missing.push(kind);
  }
  return missing.length === 0
    ? fine(`takes workflows and activities from ${taskQueue}`)
    : wrong(
        `nobody takes ${missing.join(' and ')} from ${taskQueue}`,
        'see logs/worker.log in TARIM_HOME, or run: npx tarim worker',
      );
}
