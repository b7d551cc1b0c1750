import { readRun, type Run } from './home';
import { survivors } from './orphans';
import type { Addresses } from './supervise';

/** The home has nothing running to talk to. Worth trying again once it has. */
export class NothingRuns extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NothingRuns';
  }
}

type Asked = Readonly<{
  TARIM_HOME: string;
  TEMPORAL_NAMESPACE: string;
  DATABASE_URL?: string | undefined;
  TEMPORAL_ADDRESS?: string | undefined;
}>;

/**
 * Where database and Temporal are: what the environment names, else what runs in the home.
 *
 * @throws {NothingRuns} when neither knows.
 */
export function addressesOf(config: Asked): Addresses {
  const { DATABASE_URL: database, TEMPORAL_ADDRESS: temporal, TEMPORAL_NAMESPACE } = config;
  if (database !== undefined && temporal !== undefined) {
    return { databaseUrl: database, temporalAddress: temporal, namespace: TEMPORAL_NAMESPACE };
  }
  const running = runningIn(config.TARIM_HOME);
  return {
    databaseUrl: database ?? running.databaseUrl,
    temporalAddress: temporal ?? running.temporalAddress,
    namespace: temporal === undefined ? running.namespace : TEMPORAL_NAMESPACE,
  };
}

/**
 * Where the API of the home is.
 *
 * @throws {NothingRuns} when none was started there.
 */
export function apiAddressOf(home: string): string {
  const { ready, apiAddress } = aliveIn(home);
  if (apiAddress !== null) return apiAddress;
  throw new NothingRuns(
    ready
      ? `No API runs in ${home}: it was started with --no-worker. Start it with: npx tarim api`
      : starting(home),
  );
}

const starting = (home: string): string =>
  `Tarim is still starting in ${home}. Try again in a moment.`;

function aliveIn(home: string): Run {
  const run = readRun(home);
  if (run !== null && survivors(run).length > 0) return run;
  throw new NothingRuns(`Nothing is running in ${home}. Start it: npx tarim up --detach`);
}

function runningIn(home: string): Addresses {
  const { ready, databaseUrl, temporalAddress, namespace } = aliveIn(home);
  if (!ready || databaseUrl === null || temporalAddress === null || namespace === null) {
    throw new NothingRuns(starting(home));
  }
  return { databaseUrl, temporalAddress, namespace };
}
