import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { seed } from './seed';

const MIGRATIONS = join(__dirname, 'migrations');
/** One number for the whole house: whoever migrates holds it. */
const MIGRATION_LOCK = 7_305_001;

/** Prisma's own table, to the column, so that `prisma migrate deploy` agrees with what was done here. Source: Prisma 7 schema engine. */
const PRISMA_TABLE = `create table if not exists _prisma_migrations (
  id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz,
  migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
  started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`;

type Migration = Readonly<{ name: string; sql: string; checksum: string }>;

/**
 * Applies what is missing, each file in a transaction of its own, then puts the rules that Tarim ships with in place.
 * Safe to repeat and to run from two processes at once: an advisory lock lets one through at a time.
 * @throws when an applied file was edited afterwards; nothing is written then.
 */
export async function migrate(databaseUrl: string): Promise<{ applied: string[] }> {
  const client = await connect(databaseUrl);
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(PRISMA_TABLE);
    const missing = await pending(client);
    for (const migration of missing) await apply(client, migration);
    await seed(client);
    return { applied: missing.map(({ name }) => name) };
  } finally {
    await client.end();
  }
}

/** A connection whose end is told by its queries alone: said to nobody, it would end the process. */
export async function connect(databaseUrl: string): Promise<Client> {
  const client = new Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** The names of what `migrate` would apply. Writes nothing: a role that may only read asks this too. */
export async function missing(databaseUrl: string): Promise<string[]> {
  const client = await connect(databaseUrl);
  try {
    const { rows } = await client.query<{ there: boolean }>(
      "select to_regclass('_prisma_migrations') is not null as there",
    );
    const migrations = rows[0]?.there === true ? await pending(client) : await migrationsOnDisk();
    return migrations.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

/** The migrations that the database does not have yet, in order. */
export async function pending(client: Client): Promise<Migration[]> {
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    'select migration_name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null',
  );
  const applied = new Map(rows.map((row) => [row.migration_name, row.checksum]));
  const all = await migrationsOnDisk();
  const edited = all.find(({ name, checksum }) => (applied.get(name) ?? checksum) !== checksum);
  if (edited !== undefined) {
    throw new Error(
      `Migration ${edited.name} was changed after it was applied. Restore the file and add a new migration.`,
    );
  }
  return all.filter(({ name }) => !applied.has(name));
}

async function migrationsOnDisk(): Promise<Migration[]> {
  const entries = await readdir(MIGRATIONS, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(MIGRATIONS, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function apply(client: Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
