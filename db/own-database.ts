import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** A database of its own beside the one that a URL names; nobody else knows its name. */
export type OwnDatabase = Readonly<{ url: string; drop: () => Promise<void> }>;

/** A database's own cannot be made: the server does not let this role. */
class MayNotCreate extends Error {
  constructor(role: string) {
    super(
      `The database role ${role} may not create a database, and this needs one of its own for a while. ` +
        `Name another role in DATABASE_URL, or allow it: alter role ${role} createdb`,
    );
    this.name = 'MayNotCreate';
  }
}

/**
 * Makes an empty database `<database>_<purpose>_<random>` on the same server. While its maker lives it holds a lock; those whose maker was
 * killed are dropped first.
 *
 * @throws {MayNotCreate} when the role may not.
 */
export async function makeOwnDatabase(databaseUrl: string, purpose: string): Promise<OwnDatabase> {
  const url = new URL(databaseUrl);
  const family = `${decodeURIComponent(url.pathname.slice(1))}_${purpose}_`.slice(-50);
  const name = `${family}${randomBytes(6).toString('hex')}`;
  const client = new Client({ connectionString: databaseUrl });
  // A connection lost between two statements fails the next one; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
    await dropOrphans(client, family);
    await create(client, name, decodeURIComponent(url.username));
  } catch (error) {
    await client.end();
    throw error;
  }
  url.pathname = `/${encodeURIComponent(name)}`;
  return {
    url: url.href,
    async drop() {
      try {
        await dropOne(client, name);
      } finally {
        // Gives the lock back too.
        await client.end();
      }
    },
  };
}

async function create(client: Client, name: string, role: string): Promise<void> {
  try {
    await client.query(`create database ${client.escapeIdentifier(name)}`);
  } catch (error) {
    if ((error as { code?: string }).code === INSUFFICIENT_PRIVILEGE) throw new MayNotCreate(role);
    throw error;
  }
}

const INSUFFICIENT_PRIVILEGE = '42501';

async function dropOrphans(client: Client, family: string): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    'select datname from pg_database where starts_with(datname, $1)',
    [family],
  );
  for (const { datname } of rows) {
    const { rows: locked } = await client.query<{ free: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as free',
      [datname],
    );
    if (locked[0]?.free !== true) continue;
    await dropOne(client, datname);
    await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [datname]);
  }
}

const dropOne = (client: Client, name: string): Promise<unknown> =>
  client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`);
