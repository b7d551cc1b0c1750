import type { Logger } from 'pino';
import { carryOutPage } from '../db/bulk-orders';
import type { Db } from '../db/client';
import { relayNudges, type Nudge } from '../db/nudges';

/** A payment ends its cycle within this time and what the engine takes. */
const IDLE_MS = 500;

/** Sends kept nudges and carries out bulk orders, a page between two rounds, until stopped; a failure is logged and tried again. `stop` resolves when the round under way is over. */
export function startRelay(
  db: Db,
  send: (nudge: Nudge) => Promise<'sent' | 'gone'>,
  log: Logger,
): { stop: () => Promise<void> } {
  let stopping = false;
  let wake = (): void => undefined;

  const round = async (): Promise<boolean> => {
    try {
      const { sent, failed } = await relayNudges(db, send);
      if (failed > 0) log.warn({ failed }, 'nudges kept for another try');
      return sent > 0;
    } catch (error) {
      log.error({ err: error }, 'relay could not read nudges');
      return false;
    }
  };
  const page = async (): Promise<boolean> => {
    try {
      return await carryOutPage(db);
    } catch (error) {
      log.error({ err: error }, 'a page of a bulk order was taken back');
      return false;
    }
  };
  const run = async (): Promise<void> => {
    while (!stopping) {
      const [paged, sent] = [await page(), await round()];
      if (!paged && !sent)
        await new Promise<void>((resolve) => ((wake = resolve), setTimeout(resolve, IDLE_MS)));
    }
  };
  const running = run();
  return {
    async stop() {
      stopping = true;
      wake();
      await running;
    },
  };
}
