import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';

/** A loop that can be told to stop; `stop` resolves when the round under way is over. */
export type Loop = Readonly<{ stop: () => Promise<void> }>;

/**
 * Does `round` again and again: at once while it finds something to do (true), else after `idleMs`. A failure is logged by `name` and tried
 * again after the same wait.
 */
export function startLoop(
  name: string,
  idleMs: number,
  round: () => Promise<boolean>,
  log: Logger,
): Loop {
  const stopped = new AbortController();
  const { signal } = stopped;
  const safely = async (): Promise<boolean> => {
    try {
      return await round();
    } catch (error) {
      log.error({ err: error }, `${name} failed; it is tried again`);
      return false;
    }
  };
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      const more = await safely();
      // Told to stop while it sleeps.
      if (!more) await sleep(idleMs, undefined, { signal }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    async stop() {
      stopped.abort();
      await running;
    },
  };
}
