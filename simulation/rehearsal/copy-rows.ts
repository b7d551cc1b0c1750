import { Client } from 'pg';

/** Customers copied in one statement. */
const BATCH = 1_000;

const RULES = ['policy', 'template', 'holiday'];
/** The book, and the addresses that will never do. */
const BOOK = ['customer', 'bill', 'payment', 'suppression'];

/** Puts the rules of one database in the place of another's; nothing where the first has none yet. */
export const copyRules = (fromUrl: string, toUrl: string): Promise<void> =>
  between(fromUrl, toUrl, async (from, to) => {
    const { rows } = await from.query<{ bare: boolean }>(
      `select to_regclass('policy') is null as bare`,
    );
    if (rows[0]?.bare === true) return;
    for (const table of RULES) {
      await to.query(`delete from ${table}`);
      await copy(from, to, { table, where: 'true', values: [] });
    }
  });

/** Copies customers with their bills and payments from one database to another. */
export const copyCustomers = (
  fromUrl: string,
  toUrl: string,
  customerNos: readonly string[],
): Promise<void> =>
  between(fromUrl, toUrl, async (from, to) => {
    for (let at = 0; at < customerNos.length; at += BATCH) {
      const values = [customerNos.slice(at, at + BATCH)];
      for (const table of BOOK)
        await copy(from, to, { table, where: 'customer_no = any($1)', values });
    }
  });

/** Which file a row came from is not copied, nor when. */
async function copy(
  from: Client,
  to: Client,
  { table, where, values }: Readonly<{ table: string; where: string; values: unknown[] }>,
): Promise<void> {
  const { rows } = await from.query<{ all: unknown[] }>(
    `select coalesce(jsonb_agg(to_jsonb(t) || '{"import_id": null}'), '[]') as all from ${table} t where ${where}`,
    values,
  );
  await to.query(
    `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1)`,
    [JSON.stringify(rows[0]?.all ?? [])],
  );
}

async function between(
  fromUrl: string,
  toUrl: string,
  work: (from: Client, to: Client) => Promise<void>,
): Promise<void> {
  const [from, to] = [fromUrl, toUrl].map((url) => new Client({ connectionString: url })) as [
    Client,
    Client,
  ];
  await Promise.all([from.connect(), to.connect()]);
  try {
    await work(from, to);
  } finally {
    await Promise.all([from.end(), to.end()]);
  }
}
