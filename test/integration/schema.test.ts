import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { openDb } from '../../db/client';
import { Prisma } from '../../db/generated/client';
import { migrate, missing } from '../../db/migrate';
import { freshDatabase, type TestDatabase } from '../support/database';

const DB = join(__dirname, '..', '..', 'db');
const FIRST = '0001_the_book';

let database: TestDatabase;
let sql: Client;
beforeAll(async () => {
  database = await freshDatabase();
  sql = new Client({ connectionString: database.url });
  await sql.connect();
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

const rows = async <T extends object>(query: string): Promise<T[]> =>
  (await sql.query<T>(query)).rows;
const texts = async (query: string): Promise<string[]> =>
  (await rows<{ text: string }>(query)).map(({ text }) => text);
const COLUMNS = `from information_schema.columns where table_schema = 'public' and table_name not like '\\_%'`;

describe('the schema', () => {
  test('is the same in Prisma and in SQL: every column with its type, null or not', async () => {
    const inSql = await texts(
      `select table_name || '.' || column_name || ' ' || udt_name || case is_nullable when 'YES' then ' null' else '' end as text ${COLUMNS}`,
    );
    expect(inPrisma().sort()).toEqual(inSql.sort());
  });

  test('lets every model be read', async () => {
    const db = openDb(database.url, 2);
    const models = db as unknown as Record<string, { findFirst: () => Promise<unknown> }>;
    const names = Object.values(Prisma.ModelName);
    for (const name of names) {
      const read = models[name.charAt(0).toLowerCase() + name.slice(1)]?.findFirst();
      await expect(read).resolves.not.toThrow();
    }
    await db.$disconnect();
    const tables = `select table_name as text from information_schema.tables where table_schema = 'public'`;
    expect(names.length).toBe((await texts(tables)).length - 1);
  });

  test('keeps money as whole fen, and says so in the name', async () => {
    const fen = await rows<{ udt_name: string }>(
      `select distinct udt_name ${COLUMNS} and column_name like '%\\_fen'`,
    );
    expect(fen).toEqual([{ udt_name: 'int8' }]);
    const otherBigints = await texts(
      `select table_name || '.' || column_name as text ${COLUMNS} and udt_name = 'int8' and column_name not like '%\\_fen' order by 1`,
    );
    expect(otherBigints).toEqual([
      ...[
        'business_clock.offset_ms',
        'device_case.offset_ms',
        'grade.id',
        'nudge.id',
        'standing_stale.id',
      ],
    ]);
    const inexact = await texts(
      `select table_name || '.' || column_name as text ${COLUMNS} and udt_name in ('numeric', 'float4', 'float8', 'money')`,
    );
    expect(inexact).toEqual([]);
  });

  test('keeps every instant with its zone', async () => {
    const zoneless = `select table_name || '.' || column_name as text ${COLUMNS} and udt_name in ('timestamp', 'time')`;
    expect(await texts(zoneless)).toEqual([]);
  });

  test('has a primary key on every table', async () => {
    const keyless = await texts(
      `select table_name as text from information_schema.tables t where table_schema = 'public' and not exists (
         select from information_schema.table_constraints c
         where c.table_schema = 'public' and c.table_name = t.table_name and c.constraint_type = 'PRIMARY KEY')`,
    );
    expect(keyless).toEqual([]);
  });
});

describe('a migration', () => {
  test('is applied once; the second time nothing is missing', async () => {
    expect(await missing(database.url)).toEqual([]);
    expect(await migrate(database.url)).toEqual({ applied: [] });
  });

  test('is noted as Prisma itself would note it', async () => {
    const text = readFileSync(join(DB, 'migrations', FIRST, 'migration.sql'));
    const noted = await rows(
      `select migration_name, checksum, finished_at >= started_at as finished, rolled_back_at, logs, applied_steps_count
       from _prisma_migrations order by migration_name limit 1`,
    );
    expect(noted).toEqual([
      {
        migration_name: FIRST,
        checksum: createHash('sha256').update(text).digest('hex'),
        ...{ finished: true, rolled_back_at: null, logs: null, applied_steps_count: 1 },
      },
    ]);
    const columns = `select column_name || ' ' || udt_name || coalesce(character_maximum_length::text, '') || ' ' || is_nullable as text
       from information_schema.columns where table_name = '_prisma_migrations' order by ordinal_position`;
    expect(await texts(columns)).toEqual([
      ...['id varchar36 NO', 'checksum varchar64 NO', 'finished_at timestamptz YES'],
      ...['migration_name varchar255 NO', 'logs text YES', 'rolled_back_at timestamptz YES'],
      ...['started_at timestamptz NO', 'applied_steps_count int4 NO'],
    ]);
  });

  test('that was edited after it was applied is refused', async () => {
    const first = `where migration_name = '${FIRST}'`;
    const [stored] = await texts(`select checksum as text from _prisma_migrations ${first}`);
    await sql.query(`update _prisma_migrations set checksum = repeat('0', 64) ${first}`);
    const sentence = `Migration ${FIRST} was changed after it was applied. Restore the file and add a new migration.`;
    await expect(migrate(database.url)).rejects.toThrow(sentence);
    await expect(missing(database.url)).rejects.toThrow(sentence);
    await sql.query(`update _prisma_migrations set checksum = $1 ${first}`, [stored]);
    expect(await migrate(database.url)).toEqual({ applied: [] });
  });
});

describe('on a database that has nothing', () => {
  beforeEach(() => sql.query('drop schema public cascade; create schema public'));

  test('every migration is missing, in order, until it is applied', async () => {
    expect((await missing(database.url))[0]).toBe(FIRST);
    expect((await migrate(database.url)).applied[0]).toBe(FIRST);
    expect(await missing(database.url)).toEqual([]);
  });

  test('of two who migrate at once one does it all, and both succeed', async () => {
    const both = await Promise.all([migrate(database.url), migrate(database.url)]);
    const [none, all] = both.map(({ applied }) => applied).sort((a, b) => a.length - b.length);
    expect([none, all?.[0]]).toEqual([[], FIRST]);
  });

  test('a migration that fails leaves nothing behind and can be tried again', async () => {
    await sql.query('create table penalty (in_the_way int)');
    await expect(migrate(database.url)).rejects.toThrow('"penalty" already exists');
    const tables = `select table_name as text from information_schema.tables where table_schema = 'public' order by 1`;
    expect(await texts(tables)).toEqual(['_prisma_migrations', 'penalty']);
    await sql.query('drop table penalty');
    expect((await migrate(database.url)).applied[0]).toBe(FIRST);
  });
});

describe('the rules that Tarim ships with', () => {
  const counts = () =>
    rows(`select (select count(*)::int from policy) as policies, (select count(*)::int from template) as templates,
      (select count(*)::int from holiday) as holidays`);

  test('are there after a migration, and not twice after another', async () => {
    const before = await counts();
    expect(before).not.toContainEqual(expect.objectContaining({ holidays: 0 }));
    await migrate(database.url);
    expect(await counts()).toEqual(before);
  });

  test('stay as staff changed them', async () => {
    const ofNewYear = `select kind || ' ' || name as text from holiday where day = '2026-01-01'`;
    await sql.query(
      `update holiday set kind = 'makeUpWorkday', name = '抢修' where day = '2026-01-01'`,
    );
    await sql.query(
      `insert into holiday (day, kind, name) values ('2026-07-07', 'holiday', '停电日')`,
    );
    await migrate(database.url);
    expect(await texts(ofNewYear)).toEqual(['makeUpWorkday 抢修']);
    expect(await texts(`select name as text from holiday where day = '2026-07-07'`)).toEqual([
      '停电日',
    ]);
  });
});

const TYPES: Readonly<Record<string, string>> = {
  ...{
    String: 'text',
    Int: 'int4',
    BigInt: 'int8',
    Boolean: 'bool',
    Json: 'jsonb',
    Bytes: 'bytea',
  },
  ...{ '@db.Uuid': 'uuid', '@db.Char': 'bpchar', '@db.SmallInt': 'int2', '@db.Date': 'date' },
  '@db.Timestamptz': 'timestamptz',
};

/** Each field of schema.prisma as `table.column type null?`. */
function inPrisma(): string[] {
  const schema = readFileSync(join(DB, 'schema.prisma'), 'utf8');
  return [...schema.matchAll(/^model \w+ \{\n(.*?)^\}/gms)].flatMap(([, body = '']) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? '';
    const fields = body.matchAll(/^ {2}(?<name>\w+) +(?<type>\w+)(?<mark>\[\]|\?)?(?<rest>.*)$/gm);
    return [...fields].map(({ groups: { name = '', type = '', mark = '', rest = '' } = {} }) => {
      const column = /@map\("(\w+)"\)/.exec(rest)?.[1] ?? name;
      const udt = TYPES[/@db\.\w+/.exec(rest)?.[0] ?? type] ?? `? ${type}`;
      return `${table}.${column} ${mark === '[]' ? '_' : ''}${udt}${mark === '?' ? ' null' : ''}`;
    });
  });
}
