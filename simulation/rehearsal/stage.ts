import type { Client, Connection } from '@temporalio/client';
import type { Db } from '../../db/client';
import type { Instant, Period } from '../../domain/time';

/** A worker that plays the months; it captures what it is given to send. */
export type Worker = Readonly<{
  /** Starts and signals this rehearsal's own runs, whatever others are called. */
  client: Client;
  /** Tells its clock of an instant that somebody's next activity is meant for. */
  meant: (whose: string, at: Instant) => void;
  /** Sends the nudges that were written so far. */
  relay: () => Promise<void>;
  /** Activities that it has carried out; those inside a workflow task are not counted. */
  activities: () => number;
  /** Aborted when it has ended, with what made it fail. */
  ended: AbortSignal;
  stop: () => Promise<void>;
}>;

/** What a rehearsal is played on: a database of its own, and a namespace whose workflows may skip time. */
export type Stage = Readonly<{
  db: Db;
  connection: Connection;
  namespace: string;
  taskQueue: string;
  /** Put before the id of each run. */
  prefix: string;
  worker: Worker;
}>;

/** A payment of the book that is yet to come. */
export type ToCome = Readonly<{
  paymentRef: string;
  customerNo: string;
  amountFen: number;
  receivedAt: Instant;
  channel: string;
}>;

/** A month of everybody: opened at an instant, and played until another. */
export type Act = Readonly<{ period: Period; at: Instant; until: Instant }>;
