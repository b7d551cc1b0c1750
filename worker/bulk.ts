import type { Logger } from 'pino';
import { carryOutPage } from '../db/bulk-orders';
import type { Db } from '../db/client';
import { startLoop, type Loop } from './loop';

/** The rest between two looks for an order, when there is none. */
const IDLE_MS = 500;

/** Carries out bulk orders, page by page, until stopped. */
export const startBulk = (db: Db, log: Logger): Loop =>
  startLoop('bulk orders', IDLE_MS, () => carryOutPage(db), log);
