import type { Deps } from './deps';

type Check = Readonly<{ name: string; ok: boolean; detail: string }>;
export type Readiness = Readonly<{ ready: boolean; checks: readonly Check[] }>;

/** A health check must be quicker than whoever asks gives up. */
const PATIENCE_MS = 3_000;
/** Temporal lists a poller for five minutes; one that polls has been seen in the last minute and a bit. */
const FRESH_MS = 90_000;

/** Whether requests can be served now, and if not, what is missing, in words. Never throws. */
export async function readiness(deps: Deps, draining: boolean): Promise<Readiness> {
  const checks = await Promise.all([
    looked('database', async () => {
      await deps.db.$queryRaw`select 1`;
      return null;
    }),
    looked('migrations', () => deps.missingMigrations()),
    looked('engine', async () => {
      await (
        await deps.temporal()
      ).workflowService.describeNamespace({ namespace: deps.config.TEMPORAL_NAMESPACE });
      return null;
    }),
    looked('worker', () => worker(deps)),
  ]);
  if (draining) checks.push({ name: 'draining', ok: false, detail: 'it is being stopped' });
  return { ready: checks.every(({ ok }) => ok), checks };
}

/** `look` gives what is wrong, or null. */
async function looked(name: string, look: () => Promise<string | null>): Promise<Check> {
  try {
    const wrong = await Promise.race([look(), outOfPatience()]);
    return { name, ok: wrong === null, detail: wrong ?? 'fine' };
  } catch {
    // The cause, which may name hosts, is for the log of whoever operates them.
    return { name, ok: false, detail: 'does not answer' };
  }
}

const outOfPatience = (): Promise<string> =>
  new Promise((resolve) =>
    setTimeout(resolve, PATIENCE_MS, `no answer in ${PATIENCE_MS / 1000} s`).unref(),
  );

/** TaskQueueType of the wire; the enum itself is in a package that is not ours to import. */
const ACTIVITIES = 2;

async function worker({ temporal, config }: Deps): Promise<string | null> {
  const { workflowService } = await temporal();
  const queue = {
    namespace: config.TEMPORAL_NAMESPACE,
    taskQueue: { name: config.TEMPORAL_TASK_QUEUE },
  };
  const { pollers } = await workflowService.describeTaskQueue({
    ...queue,
    // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment
    taskQueueType: ACTIVITIES,
  });
  const alive = pollers.some(
    ({ lastAccessTime }) => Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1000 < FRESH_MS,
  );
  return alive ? null : `nobody takes work from ${config.TEMPORAL_TASK_QUEUE}`;
}
