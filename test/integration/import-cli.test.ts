import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Client } from 'pg';
import {
  billOf,
  billsCsv,
  customersCsv,
  liu,
  paymentOf,
  paymentsCsv,
  wang,
} from '../support/books';
import { startApi, type TestApi } from '../support/api';
import { tarimWith, type Run } from '../support/cli';

const root = resolve(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'tarim-import-'));
let api: TestApi;
let sql: Client;
let tarim: Run;

beforeAll(async () => {
  api = await startApi({ IMPORT_MIB_MAX: '2' });
  const { token } = await api.as('supervisor');
  tarim = tarimWith({ TARIM_API_URL: await api.listen(), TARIM_TOKEN: token });
  sql = new Client({ connectionString: api.databaseUrl });
  await sql.connect();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await sql.end();
  await api.close();
});
beforeEach(() => sql.query('truncate import_file, customer, bill, payment, nudge cascade'));

function write(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const yuanSum = (csv: string, column: number): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const line of csv.trimEnd().split('\n').slice(1)) {
    const fields = line.split(',');
    const month = /\d{4}-\d{2}/.exec(fields.slice(2).join(' '))?.[0] ?? '';
    sums[month] = (sums[month] ?? 0) + Math.round(Number(fields[column]) * 100);
  }
  return sums;
};

test('the sample is imported to the fen of every month, gzipped or plain', async () => {
  const read = (kind: string) => readFileSync(join(root, 'samples', `${kind}.csv`), 'utf8');
  const zipped = write('bills.csv.gz', gzipSync(read('bills')));
  const codes = [
    await tarim(['import', 'customers', join(root, 'samples/customers.csv')]),
    await tarim(['import', 'bills', zipped]),
    await tarim(['import', 'payments', join(root, 'samples/payments.csv')]),
  ].map(({ code }) => code);
  expect(codes).toEqual([0, 0, 0]);
  const sums = async (query: string) => {
    const { rows } = await sql.query<{ month: string; fen: string }>(query);
    return Object.fromEntries(rows.map(({ month, fen }) => [month, Number(fen)]));
  };
  expect(await sums(`select period as month, sum(amount_fen) as fen from bill group by 1`)).toEqual(
    yuanSum(read('bills'), 3),
  );
  expect(
    await sums(
      `select to_char(received_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, sum(amount_fen) as fen from payment group by 1`,
    ),
  ).toEqual(yuanSum(read('payments'), 2));
  const { out } = await tarim(['balances', '--csv']);
  const lines = out.trimEnd().split('\n');
  expect(lines[0]).toBe('customer_no,balance');
  const total = (sum: Record<string, number>) => Object.values(sum).reduce((a, b) => a + b, 0);
  const owed = lines.slice(1).map((line) => Math.round(Number(line.split(',')[1]) * 100));
  expect(owed.length).toBe(360);
  expect(owed.reduce((a, b) => a + b, 0)).toBe(
    total(yuanSum(read('bills'), 3)) - total(yuanSum(read('payments'), 2)),
  );
});

test('rejected rows end with 3 and lie beside the file, for its owner only', async () => {
  const file = write('some.csv', customersCsv(wang, 'bad row', liu));
  const { code, out } = await tarim(['import', 'customers', file]);
  expect([code, out]).toEqual([3, expect.stringContaining('2 taken, 0 unchanged, 1 rejected')]);
  const rejects = join(folder, 'some.rejects.csv');
  expect(readFileSync(rejects, 'utf8')).toBe(
    'line,column,reason,raw\n3,,has 1 fields where the header has 7,bad row\n',
  );
  expect(statSync(rejects).mode & 0o777).toBe(0o600);
});

test('good rows leave no rejects file; the second time there is nothing to do', async () => {
  const file = write('good.csv', customersCsv(wang));
  expect((await tarim(['import', 'customers', file])).code).toBe(0);
  expect(existsSync(join(folder, 'good.rejects.csv'))).toBe(false);
  const again = await tarim(['import', 'customers', file]);
  expect(again.code).toBe(0);
  expect(again.out).toMatch(/already imported on \d{4}-.*: nothing to do/);
});

test('another header ends with 2 and says which column', async () => {
  const { code, err } = await tarim(['import', 'bills', write('bad.csv', 'bill_no,colour\n1,2\n')]);
  expect(code).toBe(2);
  expect(err).toMatch(/^Nothing was imported.*the column period is missing.*"colour" is unknown/);
});

test('no such file ends with 4', async () => {
  const { code, err } = await tarim(['import', 'bills', join(folder, 'none.csv')]);
  expect([code, err]).toEqual([4, expect.stringContaining('There is no such file')]);
});

test('a balance is what was billed less what was paid', async () => {
  await tarim(['import', 'customers', write('c.csv', customersCsv(wang))]);
  await tarim(['import', 'bills', write('b.csv', billsCsv(billOf('wang')))]);
  await tarim(['import', 'payments', write('p.csv', paymentsCsv(paymentOf('wang')))]);
  expect((await tarim(['balances', '--json'])).out).toBe(
    '[\n{"customerNo":"wang","balanceFen":6000}\n]\n',
  );
});

test('the status shows the files, and payments that wait for their customer', async () => {
  await tarim(['import', 'payments', write('p.csv', paymentsCsv(paymentOf('wang')))]);
  const { out } = await tarim(['import', 'status', '--json']);
  expect(JSON.parse(out)).toMatchObject({
    files: [{ kind: 'payments', name: 'p.csv', rowsTaken: 1 }],
    unmatched: { count: 1, amountFen: 4000, first: [{ customerNo: 'wang' }] },
  });
});

test('a dry run takes nothing, and writes the rejects only where it is told', async () => {
  const file = write('dry.csv', customersCsv(wang, 'bad row'));
  const path = join(folder, 'told.csv');
  const { code, out } = await tarim(['import', 'customers', file, '--dry-run', '--rejects', path]);
  expect([code, out]).toEqual([3, expect.stringContaining('1 taken, 0 unchanged, 1 rejected')]);
  expect(readFileSync(path, 'utf8')).toContain('bad row');
  expect(await tarim(['import', 'customers', file, '--dry-run'])).toMatchObject({ code: 3 });
  expect(existsSync(join(folder, 'dry.rejects.csv'))).toBe(false);
  expect((await sql.query('select from customer')).rowCount).toBe(0);
});

test('a file that is too long ends with 2 and the limit, a folder too', async () => {
  const file = write('long.csv', Buffer.alloc(5 * 1024 * 1024, 'x'));
  const { code, err } = await tarim(['import', 'bills', file]);
  expect([code, err]).toEqual([2, expect.stringContaining('larger than 2 MiB')]);
  expect(await tarim(['import', 'bills', folder])).toMatchObject({
    code: 2,
    err: expect.stringContaining('is a folder') as string,
  });
});

test('the same order by its id is carried out once', async () => {
  const file = write('once.csv', customersCsv(wang));
  const runs = [];
  for (let n = 0; n < 2; n += 1) {
    const { out } = await tarim(['import', 'customers', file, '--id', 'once', '--json']);
    runs.push(JSON.parse(out) as { id: string; rowsTaken: number });
  }
  expect(runs[1]).toMatchObject({ id: runs[0]?.id, rowsTaken: 1 });
});
