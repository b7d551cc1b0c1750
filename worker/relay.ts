import type { Logger } from 'pino';
import type { Db } from '../db/client';
import { relayNudges, type Nudge } from '../db/nudges';
import { startLoop, type Loop } from './loop';

/** A payment ends its cycle within this time and what the engine takes. */
const IDLE_MS = 500;

/** Sends kept nudges until stopped; a failure is logged and tried again. */
export const startRelay = (
  db: Db,
  send: (nudge: Nudge) => Promise<'sent' | 'gone'>,
  log: Logger,
): Loop =>
  startLoop(
    'the relay of nudges',
    IDLE_MS,
    async () => {
      const { sent, failed } = await relayNudges(db, send);
      if (failed > 0) log.warn({ failed }, 'nudges kept for another try');
      return sent > 0;
    },
    log,
  );
