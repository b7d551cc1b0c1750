import { Client, Connection } from '@temporalio/client';
import { openDb, type Db } from '../db/client';
import { relayNudges } from '../db/nudges';
import { addressesOf } from '../engine/connect';
import type { Cli } from './cli';
import { plainly } from './plainly';
import { Exit, EXIT } from './exit';

/** What a command works with. The connections are opened when first asked for and closed with the session. */
export type Session = Readonly<{
  db: Db;
  temporal: () => Promise<Client>;
  taskQueue: string;
  /** Sends the nudges that the command left; what cannot be sent now, the worker sends later. */
  relay: () => Promise<void>;
}>;

/** Few: a command is one person's. */
const CONNECTIONS = 4;

/** Opens the running home (or what the environment names) for one command. @throws NothingRuns with what to do. */
export async function withSession<T>(cli: Cli, work: (session: Session) => Promise<T>): Promise<T> {
  const config = await cli.config();
  const { databaseUrl, temporalAddress, namespace } = addressesOf(config);
  const taskQueue = config.TEMPORAL_TASK_QUEUE;
  const db = openDb(databaseUrl, CONNECTIONS);
  const connections: Promise<Connection>[] = [];
  const temporal = async (): Promise<Client> => {
    const connecting = connections[0] ?? connect(cli, temporalAddress);
    connections[0] = connecting;
    return new Client({ connection: await connecting, namespace });
  };
  const relay = async (): Promise<void> => {
    const { sendNudgeBy } = await import('../worker/starts.js');
    const client = await temporal().catch(() => null);
    if (client !== null) await relayNudges(db, sendNudgeBy(client, taskQueue));
  };
  try {
    return await plainly(cli, () => work({ db, temporal, taskQueue, relay }));
  } finally {
    await db.$disconnect();
    // One that never came about was told of, or done without, where it was asked for.
    for (const opened of await Promise.allSettled(connections))
      if (opened.status === 'fulfilled') await opened.value.close();
  }
}

/** @throws Exit 75 when nobody answers there. */
async function connect({ t }: Cli, address: string): Promise<Connection> {
  try {
    return await Connection.connect({ address, connectTimeout: '5 seconds' });
  } catch {
    throw new Exit(EXIT.tryLater, t('temporal.away', { address }));
  }
}
