import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApi, type TestApi } from '../support/api';
import { expectEach, tarimWith, type Run } from '../support/cli';
import * as support from '../support/world';

const folder = mkdtempSync(join(tmpdir(), 'tarim-export-'));
let world: support.World;
let api: TestApi;
let run: Run;
beforeAll(async () => {
  world = await support.openWorld();
  api = await startApi({}, { url: world.url });
  const { token } = await api.as('supervisor', { username: 'chen' });
  run = tarimWith({ TARIM_API_URL: await api.listen(), TARIM_TOKEN: token });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await api.close();
  await world.close();
});
beforeEach(() => world.reset());

test('a list is saved as a file for its owner only, with the filters of the list', async () => {
  const file = join(folder, 'customers.csv');
  expect(await run(['export', 'customers', '--station', 'TB02', '--out', file])).toEqual({
    ...{ code: 0, out: `Written: ${file}\n`, err: '' },
  });
  expect(readFileSync(file, 'utf8')).toMatch(/^\ufeffcustomerNo,name,.*\r\nliu,[^\r]*\r\n$/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['customers.csv']);
});

test.each(['tasks', 'bills', 'payments', 'messages', 'audit', 'balances'])(
  '%s without a file are printed',
  async (what) => {
    const { code, out, err } = await run(['export', what]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^\ufeff\w+,\w+.*\r\n/);
    const entries = await api.db.command.findMany({ where: { kind: 'export', actor: 'chen' } });
    expect(entries.map(({ body }) => body)).toMatchObject([{ what }]);
  },
);

test('customers are listed by every filter that the API has', async () => {
  const numbers = async (filter: string) => {
    const { out } = await run(`customer list ${filter} --json`);
    return (JSON.parse(out) as { customerNo: string }[]).map(({ customerNo }) => customerNo);
  };
  expect(await numbers('--min-owed 100 --sort owed')).toEqual(['liu', 'wang']);
  expect(await numbers('--min-owed 100.01')).toEqual([]);
  expect(await numbers('--max-owed 99.99')).toEqual([]);
  expect(await numbers('--category residential --station TB01')).toEqual(['wang']);
  expect(await numbers('--flags held,disputed')).toEqual([]);
  expect(await numbers('--stage opened')).toEqual([]);
});

test('what will not do is said, and no file is left', () =>
  expectEach(run, [
    ['customer list --min-owed much', 2, 'much'],
    ['customer list --level 9', 2, 'level'],
    ['customer list --flags blue', 2, 'flags'],
    ['export bills --period 2026-13', 2, '2026-13 is not a period'],
    ['export bills --state sold', 2, 'state'],
    ['export meters', 2, 'meters'],
    [`export bills --out ${join(folder, 'none', 'x.csv')}`, 2, 'cannot be written'],
  ]));
