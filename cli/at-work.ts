import { Client, Connection } from '@temporalio/client';
import { openDb } from '../db/client';
import type { Addresses } from '../engine/supervise';
import type { At } from '../worker/differences';

const CONNECTIONS = 4;

/** Does `work` with the database and the engine that are there, and lets go of both. */
export async function atWork<T>(
  { databaseUrl, temporalAddress, namespace }: Addresses,
  taskQueue: string,
  work: (at: At) => Promise<T>,
): Promise<T> {
  const db = openDb(databaseUrl, CONNECTIONS);
  const connection = Connection.lazy({ address: temporalAddress, connectTimeout: 5_000 });
  try {
    return await work({ db, client: new Client({ connection, namespace }), taskQueue });
  } finally {
    await db.$disconnect();
    await connection.close();
  }
}
