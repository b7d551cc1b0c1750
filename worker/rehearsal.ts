import { Client, type WorkflowClientInterceptor } from '@temporalio/client';
import { DefaultLogger, NativeConnection } from '@temporalio/worker';
import type { DataConverter } from '@temporalio/common';
import type { TemporalReach } from '../config/temporal';
import type { StartCycle } from '../activities/campaign';
import { openDb, type Db } from '../db/client';
import { relayNudges, type Nudge } from '../db/nudges';
import { openRuleBook } from '../db/rules';
import type { Instant } from '../domain/time';
import type { Worker } from '../simulation/rehearsal/stage';
import { capturingMailer, capturingSms } from '../providers/capture';
import type { DeviceTurn, Look, Page, Turn } from '../workflows/contract';
import { activitiesOf, createWorker, type Activities } from './create';
import { exactClock, type ExactClock } from './exact-clock';
import { installRuntime } from './runtime';
import { sendNudgeBy, startCycleBy } from './starts';

const CONNECTIONS = 20;
/** A turn may wait for another run's turn: more than there are customers played at once. */
const TURNS_AT_ONCE = 200;

/** How to reach it, and how it is written to. */
type Temporal = TemporalReach & Readonly<{ address: string; dataConverter: DataConverter }>;

export type RehearsalSite = Readonly<{
  databaseUrl: string;
  temporal: Temporal;
  namespace: string;
  taskQueue: string;
  /** Put before the id of each run: two rehearsals of the same customers have runs of their own. */
  prefix: string;
  /** Called before a turn of a customer at the instant that it is for, and waited for. */
  beforeTurn: (customerNo: string, asOf: Instant) => Promise<void>;
  /** Where else the workflows are. */
  workflowsPath?: string | undefined;
}>;

/**
 * Tarim's own worker for a rehearsal. It cannot send (law 9): this file knows the capturing providers only, and dependency-cruiser sees to it that no
 * live adapter can be reached from here. What the environment says of DELIVERY is not asked. One in a process.
 */
export async function startRehearsalWorker(site: RehearsalSite): Promise<Worker> {
  const { databaseUrl, temporal, namespace, taskQueue, prefix } = site;
  const { dataConverter, ...reach } = temporal;
  installRuntime(new DefaultLogger('WARN'));
  const db = openDb(databaseUrl, CONNECTIONS, { repeats: true });
  const bookDb = openDb(databaseUrl, 1, { repeats: true });
  const connection = await NativeConnection.connect(reach);
  const client = new Client({
    ...{ connection, namespace, dataConverter },
    interceptors: { workflow: [apart(prefix)] },
  });
  const clock = exactClock();
  const deps = { db, book: openRuleBook(bookDb), sms: capturingSms(), mailer: capturingMailer() };
  const start = startCycleBy(client, taskQueue);
  const own = activitiesOf(deps, punctualStart(start, clock));
  let count = 0;
  const activities = punctual(own, clock, (turn) => {
    count += 1;
    return turn === null ? Promise.resolve() : site.beforeTurn(turn.customerNo, turn.asOf);
  });
  const workplace = { connection, namespace, taskQueue, dataConverter };
  const worker = await createWorker(workplace, activities, {
    workflowsPath: site.workflowsPath,
    maxConcurrentActivityTaskExecutions: TURNS_AT_ONCE,
  });
  const ended = new AbortController();
  const running = worker.run().then(
    () => ended.abort(new Error('the worker was stopped')),
    (error: unknown) => ended.abort(error),
  );
  return {
    client,
    meant: clock.meant,
    relay: inRounds(() => relayAll(db, sendNudgeBy(client, taskQueue))),
    activities: () => count,
    ended: ended.signal,
    async stop() {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running;
      await Promise.all([db.$disconnect(), bookDb.$disconnect()]);
      await connection.close();
    },
  };
}

const apart = (prefix: string): WorkflowClientInterceptor => ({
  startWithDetails: ({ options, ...input }, next) =>
    next({ ...input, options: { ...options, workflowId: `${prefix}${options.workflowId}` } }),
  signalWithStart: ({ options, ...input }, next) =>
    next({ ...input, options: { ...options, workflowId: `${prefix}${options.workflowId}` } }),
  signal: ({ workflowExecution, ...input }, next) => {
    const workflowId = `${prefix}${workflowExecution.workflowId}`;
    return next({ ...input, workflowExecution: { ...workflowExecution, workflowId } });
  },
});

type Begins = (turn: Turn | null) => Promise<void>;

/**
 * A page is meant for its station's opening, a turn for the plan before it, a look for what was nudged about. `begins` is told of each activity but a
 * look, which is part of a workflow task, and waited for.
 */
function punctual(
  activities: Activities,
  { exact, meant }: ExactClock,
  begins: Begins,
): Activities {
  const noted = <P extends { at: Instant | null }>(customerNo: string, plan: P): P => {
    if (plan.at !== null) meant(customerNo, plan.at);
    return plan;
  };
  const onTime = <T extends { customerNo: string; asOf: Instant }>(turn: T): T => ({
    ...turn,
    asOf: exact(turn.customerNo, turn.asOf),
  });
  return {
    ...activities,
    async openPage(page: Page) {
      await begins(null);
      return activities.openPage({ ...page, asOf: exact(page.station, page.asOf) });
    },
    async takeTurn(late: Turn) {
      const turn = onTime(late);
      await begins(turn);
      return noted(turn.customerNo, await activities.takeTurn(turn));
    },
    look: async (look: Look) => noted(look.customerNo, await activities.look(onTime(look))),
    async takeDeviceTurn(turn: DeviceTurn) {
      await begins(null);
      return noted(turn.customerNo, await activities.takeDeviceTurn(onTime(turn)));
    },
  };
}

const punctualStart =
  (start: StartCycle, { meant }: ExactClock): StartCycle =>
  (input, delayMs) => {
    if (input.next.at !== null) meant(input.customerNo, input.next.at);
    return start(input, delayMs);
  };

type Send = (nudge: Nudge) => Promise<'sent' | 'gone'>;

async function relayAll(db: Db, send: Send): Promise<void> {
  for (;;) {
    const { sent, failed } = await relayNudges(db, send);
    if (failed > 0) throw new Error(`${failed} nudges could not be sent`);
    if (sent === 0) return;
  }
}

/** One round after another: whoever asks during one waits for the next, which takes what was written until then. */
function inRounds(round: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  return () => {
    next ??= last
      .catch(() => undefined)
      .then(() => {
        next = null;
        return round();
      });
    last = next;
    return next;
  };
}
