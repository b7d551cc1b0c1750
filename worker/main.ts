import { setFlagsFromString } from 'node:v8';
import { Client } from '@temporalio/client';
import { DefaultLogger, NativeConnection } from '@temporalio/worker';
import { pino, type Logger } from 'pino';
import type { Config } from '../config';
import { reachOf } from '../config/temporal';
import { dataConverterOf } from '../config/temporal-codec';
import { openDb, type Db } from '../db/client';
import { clockOffset, stationNow, wrongClock } from '../db/clock';
import { refreshPlans } from '../db/plans';
import { openRuleBook, type RuleBook } from '../db/rules';
import { freshenStandings } from '../db/standings';
import { atMomentOfActing } from './acting-clock';
import { providersOf } from './providers';
import { startBulk } from './bulk';
import { activitiesOf, createWorker } from './create';
import { startLoop } from './loop';
import { startRelay } from './relay';
import { installRuntime } from './runtime';
import { startSimulations } from './simulations';
import { sendNudgeBy, startCycleBy } from './starts';

/** Database connections of one worker; an activity holds one only while a statement runs. */
const CONNECTIONS = 20;
const STANDINGS_MS = 5_000;
const PLANS_MS = 60_000;
/**
 * Of what is in use after a collection: so much more may be allocated before the next. V8 alone lets 130 MiB in use grow to 510 (docs/performance.md).
 * What the collections in between cost was not measured.
 */
const HEAP_GROWING_PERCENT = 50;

/**
 * Runs one worker until SIGINT or SIGTERM: the only place where everything meets. `onReady` is told when it takes work.
 * @throws when live delivery is asked for in a database whose clock was moved by `campaign open --as-of`, and when the machine's clock is wrong.
 */
export async function runWorker(config: Config, told: { onReady: () => void }): Promise<void> {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWING_PERCENT}`);
  const log = pino({ level: config.LOG_LEVEL });
  install(log, config.WORKER_METRICS);
  const db = openDb(given(config.DATABASE_URL), CONNECTIONS, { repeats: true });
  await refuseLiveOutOfTime(config, db);
  await refuseWrongClock(db);
  const connection = await NativeConnection.connect({
    address: given(config.TEMPORAL_ADDRESS),
    ...reachOf(config),
  });
  const dataConverter = dataConverterOf(config);
  const namespace = config.TEMPORAL_NAMESPACE;
  const client = new Client({ connection, namespace, dataConverter });
  // A turn asks the book inside its transaction: were all connections with such turns, none would be left for the answer.
  const bookDb = openDb(given(config.DATABASE_URL), 1, { repeats: true });
  const deps = { db, book: openRuleBook(bookDb), ...providersOf(config) };
  const taskQueue = config.TEMPORAL_TASK_QUEUE;
  const activities = atMomentOfActing(
    activitiesOf(deps, startCycleBy(client, taskQueue)),
    Date.now,
  );
  const workplace = { connection, namespace, taskQueue, dataConverter };
  const worker = await createWorker(workplace, activities);
  const relay = startRelay(db, sendNudgeBy(client, taskQueue), log);
  const bulk = startBulk(db, log);
  const simulations = startSimulations(db, given(config.DATABASE_URL), log);
  // Lists are read far more often than bills and payments come: whoever reads first after an import need not wait.
  const standings = startLoop('freshening the standings', STANDINGS_MS, () => freshen(db), log);
  // Tomorrow's workload is counted from what the ladder will do next.
  const plans = startLoop('looking ahead', PLANS_MS, () => lookAhead(db, deps.book), log);
  told.onReady();
  try {
    await worker.run();
  } finally {
    const loops = [relay, bulk, simulations, standings, plans];
    await Promise.all(loops.map((loop) => loop.stop()));
    await Promise.all([deps.sms.close(), deps.mailer.close()]);
    await Promise.all([db.$disconnect(), bookDb.$disconnect()]);
    await connection.close();
  }
}

async function freshen(db: Db): Promise<false> {
  await freshenStandings(db, await stationNow(db));
  return false;
}

const lookAhead = async (db: Db, book: RuleBook): Promise<boolean> =>
  refreshPlans(db, book, await stationNow(db));

/** Temporal's own words go through the same log; its figures are served where that was asked for. */
function install(log: Logger, bindAddress: string | undefined): void {
  const logger = new DefaultLogger('INFO', ({ level, message, meta }) => {
    const write = {
      TRACE: 'trace',
      DEBUG: 'debug',
      INFO: 'info',
      WARN: 'warn',
      ERROR: 'error',
    } as const;
    log[write[level]](meta ?? {}, message);
  });
  installRuntime(logger, bindAddress);
}

async function refuseLiveOutOfTime({ DELIVERY }: Config, db: Db): Promise<void> {
  if (DELIVERY === 'live' && (await clockOffset(db)) !== 0) {
    throw new Error(
      "This database's clock was moved by `campaign open --as-of`. Live delivery needs a database that runs on today's.",
    );
  }
}

/** Turns act by this machine's clock: one ahead would do tomorrow's steps today. */
async function refuseWrongClock(db: Db): Promise<void> {
  const wrong = await wrongClock(db);
  if (wrong !== null) throw new Error(`${wrong}. Set both by NTP, then start the worker again.`);
}

function given(value: string | undefined): string {
  if (value === undefined)
    throw new TypeError('the worker needs DATABASE_URL and TEMPORAL_ADDRESS');
  return value;
}
