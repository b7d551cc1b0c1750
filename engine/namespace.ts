import { Client, Connection } from '@temporalio/client';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TemporalReach } from '../config/temporal';

const RETENTION_SECONDS = 30 * 86_400;
const READY_MS = 60_000;
const NOBODY = 'tarim-probe-of-readiness';

/** gRPC's numbers. */
const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;

/**
 * Waits for the server, registers the namespace unless it is there, and waits until every service knows it: a new
 * one is seen by each only when its cache is refreshed.
 *
 * @throws {Error} with the server's last answer, when `alive` says that it has ended or a minute has passed.
 */
export async function ensureNamespace(
  { address, ...reach }: TemporalReach & Readonly<{ address: string }>,
  namespace: string,
  alive: () => boolean,
): Promise<void> {
  const until = Date.now() + READY_MS;
  const connection = Connection.lazy({ address, ...reach, connectTimeout: '2s' });
  try {
    let last: unknown;
    while (Date.now() < until && alive()) {
      try {
        await register(connection, namespace);
        await probe(connection, namespace);
        return;
      } catch (error) {
        last = error;
        await sleep(100);
      }
    }
    const why = last instanceof Error ? last.message : 'no answer';
    throw new Error(`Temporal at ${address} is not ready for namespace ${namespace}: ${why}`);
  } finally {
    await connection.close();
  }
}

async function register(connection: Connection, namespace: string): Promise<void> {
  const { workflowService } = connection;
  try {
    await workflowService.describeNamespace({ namespace });
  } catch (error) {
    if (codeOf(error) !== NOT_FOUND) throw error;
    const retention = { seconds: RETENTION_SECONDS as never };
    await workflowService
      .registerNamespace({ namespace, workflowExecutionRetentionPeriod: retention })
      .catch((failed: unknown) => {
        if (codeOf(failed) !== ALREADY_EXISTS) throw failed;
      });
  }
}

/** One call through each service that must know the namespace: history, matching, visibility. */
async function probe(connection: Connection, namespace: string): Promise<void> {
  const client = new Client({ connection, namespace });
  await connection.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: NOBODY },
  });
  await client.workflow.count(`WorkflowId = '${NOBODY}'`);
  try {
    await client.workflow.getHandle(NOBODY).describe();
  } catch (error) {
    if (error instanceof Error && error.name !== 'WorkflowNotFoundError') throw error;
  }
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
