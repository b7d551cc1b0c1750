import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { customersCsv, importText, wang } from '../support/books';
import { freshDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let sql: Client;
beforeAll(async () => {
  database = await freshDatabase();
  sql = new Client({ connectionString: database.url });
  await sql.connect();
  await importText(database.url, 'customers', customersCsv(wang));
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

type Said = Record<string, unknown> & { mebibytes: number };

async function imports(rows: number, amount: string): Promise<Said> {
  const child = join(__dirname, '../support/import-child.ts');
  const args = ['--import', 'tsx', child, database.url, String(rows), amount];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as Said;
}
const bills = async () => (await sql.query('select from bill')).rowCount;

test('memory does not grow with the file: ten times the rows take hardly more', async () => {
  const few = await imports(10_000, '1.00');
  await sql.query('truncate bill cascade');
  const many = await imports(100_000, '1.00');
  expect(many).toMatchObject({
    ...{ rowsRead: 100_000, rowsTaken: 90_000, rowsUnchanged: 0, rowsRejected: 10_000 },
    ...{ rejects: 10_000, takenFen: 9_000_000 },
  });
  expect(many.mebibytes - few.mebibytes).toBeLessThan(100);
}, 120_000);

test('a file whose amounts add up to more than a number holds is refused, and nothing of it is taken', async () => {
  await sql.query('truncate bill cascade');
  const { refused } = await imports(101_000, '1000000000.00');
  expect(refused).toMatch(/add up to more than/);
  expect(await bills()).toBe(0);
}, 120_000);
