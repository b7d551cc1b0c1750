import type { TemporalReach } from '../config/temporal';
import { makeHome, noRun, readRun, takeHome, writeRun, type Run } from './home';
import { keep, type Keeper, type Service } from './keeper';
import { ensureNamespace } from './namespace';
import { choosePorts } from './ports';
import { makeDatabase, prepareCluster, untilAnswers, urlOf } from './postgres';
import { endOrphans } from './orphans';
import { identityOf, type Command, type Identity } from './process';
import { obtainEngine } from './temporal-binary';
import { TEMPORAL_PORTS } from './temporal-config';
import { prepareTemporal } from './temporal-server';
import { prepareUi } from './ui';

/** What a home shall run. A given database or Temporal is used as it is and never stopped. */
export type Wishes = Readonly<{
  home: string;
  cache: string;
  namespace: string;
  databaseUrl?: string | undefined;
  temporalAddress?: string | undefined;
  /** How to speak with a given Temporal; plainly when absent. */
  reach?: TemporalReach;
  /** Called once the product's database is there and before any worker is. */
  migrate: (databaseUrl: string) => Promise<unknown>;
  /** The worker's command; null for an engine without one. */
  worker: ((at: Addresses) => Command) | null;
  /** The API's command, and the port that it takes when it is free; null for a home without one. */
  api: Readonly<{ command: (at: Addresses, port: number) => Command; port: number }> | null;
  withUi: boolean;
  /** False for a throw-away home, whose database may trade safety for speed. */
  lasting: boolean;
  say: (line: string) => void;
  /** Aborted when it shall stop, even in the midst of starting. */
  signal: AbortSignal;
}>;

export type Addresses = Readonly<{
  databaseUrl: string;
  temporalAddress: string;
  namespace: string;
}>;

export type Supervised = Readonly<{ addresses: Addresses; run: Run; stop: () => Promise<void> }>;

const PORTS = ['postgres', ...TEMPORAL_PORTS, 'ui', 'api'] as const;
const READY_MS = 90_000;

/**
 * Starts Postgres, Temporal and the worker in the home and keeps them running until `stop`.
 *
 * @throws {HomeIsTaken} when another process does so there; nothing is touched then.
 * @throws {Error} when a part cannot be started; all that was started has ended by then.
 */
export async function supervise(wishes: Wishes): Promise<Supervised> {
  makeHome(wishes.home);
  const release = takeHome(wishes.home);
  const house = openHouse(wishes);
  const stop = async () => {
    await house.close();
    release();
  };
  try {
    await endOrphans(wishes.home);
    const addresses = await startAll(wishes, house);
    return { addresses, run: house.record({ ready: true }), stop };
  } catch (error) {
    await stop();
    // Whatever failed because of the order to stop is no failure of its own.
    wishes.signal.throwIfAborted();
    throw error;
  }
}

type House = ReturnType<typeof openHouse>;

/** The services of a home and the record of them, which is on the disk before anything else happens. */
function openHouse({ home, say }: Wishes) {
  const keepers: Keeper[] = [];
  const ports = readRun(home)?.ports ?? {};
  let run: Run = { ...noRun, supervisor: identityOf(process.pid), ports };
  const record = (change: Partial<Run>): Run => {
    run = { ...run, ...change };
    writeRun(home, run);
    return run;
  };
  return {
    ports,
    record,
    add: async (service: Service): Promise<Keeper> => {
      const started = (name: string, id: Identity) =>
        void record({ services: { ...run.services, [name]: id } });
      const keeper = await keep(service, { started, say });
      keepers.push(keeper);
      return keeper;
    },
    alive: () => keepers.every((keeper) => keeper.alive()),
    /** In the reverse order of their start. */
    close: async () => {
      for (const keeper of [...keepers].reverse()) await keeper.stop();
      record({ ...noRun, ports: run.ports });
    },
  };
}

async function startAll(wishes: Wishes, house: House): Promise<Addresses> {
  const ports = await choosePorts(PORTS, {
    ...(wishes.api === null ? {} : { api: wishes.api.port }),
    ...house.ports,
  });
  house.record({ ports, namespace: wishes.namespace });
  const databaseUrl = wishes.databaseUrl ?? (await startPostgres(wishes, house, ports.postgres));
  house.record({ databaseUrl });
  wishes.signal.throwIfAborted();
  await wishes.migrate(databaseUrl);
  const temporalAddress =
    wishes.temporalAddress ?? (await startTemporal(wishes, house, databaseUrl, ports));
  await ensureNamespace(
    { ...wishes.reach, address: temporalAddress },
    wishes.namespace,
    () => house.alive() && !wishes.signal.aborted,
  );
  house.record({ temporalAddress });
  const addresses = { databaseUrl, temporalAddress, namespace: wishes.namespace };
  await startUi(wishes, house, temporalAddress, ports.ui);
  await startWorker(wishes, house, addresses);
  await startApi(wishes, house, addresses, ports.api);
  return addresses;
}

async function startPostgres(
  { home, say, lasting, signal }: Wishes,
  house: House,
  port: number,
): Promise<string> {
  const cluster = await prepareCluster(home, say, lasting);
  signal.throwIfAborted();
  const command = cluster.command(port);
  // SIGINT is its "fast" end: no waiting for clients, nothing lost.
  const keeper = await house.add({ name: 'postgres', command, signal: 'SIGINT', graceMs: 30_000 });
  await untilAnswers(urlOf(cluster, port, 'postgres'), () => keeper.alive() && !signal.aborted);
  await makeDatabase(urlOf(cluster, port, 'postgres'), 'tarim');
  return urlOf(cluster, port, 'tarim');
}

async function startTemporal(
  { home, cache, namespace, databaseUrl: given, say, signal }: Wishes,
  house: House,
  databaseUrl: string,
  ports: Readonly<Record<(typeof PORTS)[number], number>>,
): Promise<string> {
  const engine = await obtainEngine(cache, say, signal);
  house.record({ engine: engine.how });
  signal.throwIfAborted();
  const ours = given === undefined;
  const command = await prepareTemporal({ home, engine, ports, databaseUrl, ours, namespace });
  await house.add({ name: 'temporal', command });
  return `127.0.0.1:${ports.frontend}`;
}

async function startUi(
  { home, cache, withUi, say, signal }: Wishes,
  house: House,
  temporalAddress: string,
  port: number,
): Promise<void> {
  const command = await prepareUi({
    home,
    cache,
    temporalAddress,
    port,
    build: withUi,
    say,
    signal,
  });
  if (command === null) return;
  signal.throwIfAborted();
  await house.add({ name: 'ui', command });
  house.record({ uiAddress: `http://127.0.0.1:${port}` });
}

async function startWorker(
  { worker, say, signal }: Wishes,
  house: House,
  addresses: Addresses,
): Promise<void> {
  signal.throwIfAborted();
  if (worker === null) return;
  const keeper = await house.add({ name: 'worker', command: worker(addresses), graceMs: 30_000 });
  const ready = await Promise.race([keeper.saysReady(READY_MS), aborted(signal)]);
  signal.throwIfAborted();
  if (!ready) say('The worker has not said that it is ready; see `tarim doctor` and its log.');
}

async function startApi(
  { api, say, signal }: Wishes,
  house: House,
  addresses: Addresses,
  port: number,
): Promise<void> {
  signal.throwIfAborted();
  if (api === null) return;
  const keeper = await house.add({
    name: 'api',
    command: api.command(addresses, port),
    graceMs: 30_000,
  });
  const ready = await Promise.race([keeper.saysReady(READY_MS), aborted(signal)]);
  signal.throwIfAborted();
  if (!ready) say('The API has not said that it is ready; see `tarim doctor` and its log.');
  house.record({ apiAddress: `http://127.0.0.1:${port}` });
}

const aborted = (signal: AbortSignal): Promise<false> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(false), { once: true }));
