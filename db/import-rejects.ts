import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { Sql } from './client';

export type Reject = Readonly<{ line: number; column: string | null; reason: string; raw: string }>;

/** Keeps the rejects of an import as they come, by a connection of its own: they are there before the book is committed. */
export async function keepRejects(databaseUrl: string, id: string, csv: Readable): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    await client.query('begin');
    await client.query(
      'create temp table rejected (line int, "column" text, reason text, raw text) on commit drop',
    );
    await pipeline(csv, client.query(copyFrom('copy rejected from stdin (format csv, header)')));
    await client.query('delete from import_reject where run_id = $1', [id]);
    await client.query(
      `insert into import_reject (run_id, line, "column", reason, raw)
       select $1::uuid, line, "column", reason, coalesce(raw, '') from rejected`,
      [id],
    );
    await client.query('commit');
  });
}

/**
 * The rejects as a CSV file, in order, read as it is taken; `said` is a reason as the reader is told it. A row that a spreadsheet would take for
 * a formula begins with an apostrophe. `id` is a checked one: COPY takes no parameters.
 */
export async function* rejectsCsv(
  databaseUrl: string,
  id: string,
  said: (reason: string) => string,
): AsyncGenerator<Buffer> {
  if (!/^[0-9a-f-]{36}$/i.test(id)) throw new TypeError('no id of an import');
  const client = await connected(databaseUrl);
  try {
    const { rows } = await client.query<{ reason: string }>(
      'select distinct reason from import_reject where run_id = $1',
      [id],
    );
    await client.query('create temp table told (reason text primary key, said text not null)');
    await client.query('insert into told select * from unnest($1::text[], $2::text[])', [
      rows.map(({ reason }) => reason),
      rows.map(({ reason }) => said(reason)),
    ]);
    yield* client.query(
      copyTo(`copy (select line, "column", said as reason, case when raw ~ '^[=+@\t\r-]' then '''' || raw else raw end as raw
        from import_reject join told using (reason) where run_id = '${id}' order by line)
        to stdout (format csv, header)`),
    );
  } finally {
    await client.end();
  }
}

/** A page of the rejects after a line. */
export const pageOfRejects = (
  sql: Sql,
  { id, after, limit }: Readonly<{ id: string; after: number | null; limit: number }>,
): Promise<Reject[]> =>
  sql.$queryRaw`
    select line, "column", reason, raw from import_reject
    where run_id = ${id}::uuid and line > ${after ?? 0} order by line limit ${limit}`;

/** How many rows were rejected why, the most frequent first. */
export const rejectedBecause = (
  sql: Sql,
  id: string,
): Promise<{ column: string | null; reason: string; rows: number }[]> =>
  sql.$queryRaw`
    select "column", reason, count(*)::int as rows from import_reject where run_id = ${id}::uuid
    group by 1, 2 order by 3 desc, 1, 2 limit 50`;

async function connected(databaseUrl: string): Promise<Client> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'tarim rejects' });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function withClient(
  databaseUrl: string,
  work: (client: Client) => Promise<void>,
): Promise<void> {
  const client = await connected(databaseUrl);
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
