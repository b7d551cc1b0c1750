import { Client } from 'pg';

/** Copies of whole databases of one server, made and put back by the server itself, as a backup would be. */
export type Snapshots = Readonly<{
  take: (database: string) => Promise<void>;
  /** Puts the copy in the place of what is there; whoever is connected is thrown out. */
  restore: (database: string) => Promise<void>;
  close: () => Promise<void>;
}>;

/** `url` is of any database of the server; its user must be a superuser. */
export async function openSnapshots(url: string): Promise<Snapshots> {
  const admin = new URL(url);
  admin.pathname = '/postgres';
  const client = new Client({ connectionString: admin.href });
  await client.connect();
  const copyOf = (database: string): string => `${database}_copy`;
  /** Nobody may be connected to a database that is copied. */
  const copy = async (from: string, to: string): Promise<void> => {
    await client.query(`alter database ${from} allow_connections false`);
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
      [from],
    );
    for (let left = 1; left > 0;) {
      const { rowCount } = await client.query('select from pg_stat_activity where datname = $1', [
        from,
      ]);
      left = rowCount ?? 0;
    }
    await client.query(`create database ${to} template ${from}`);
    await client.query(`alter database ${from} allow_connections true`);
  };
  return {
    async take(database) {
      await client.query(`drop database if exists ${copyOf(database)} with (force)`);
      await copy(database, copyOf(database));
      await client.query(`alter database ${copyOf(database)} allow_connections true`);
    },
    async restore(database) {
      await client.query(`drop database ${database} with (force)`);
      await client.query(`create database ${database} template ${copyOf(database)}`);
    },
    close: () => client.end(),
  };
}
