import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import {
  billOf,
  billsCsv,
  customersCsv,
  liu,
  paymentOf,
  paymentsCsv,
  wang,
} from '../../support/books';
import { startApi, type Caller, type TestApi } from '../../support/api';
import { until } from '../../support/until';

const CSV = { 'content-type': 'text/csv' };

let api: TestApi;
let clerk: Caller;
beforeAll(async () => {
  api = await startApi({ IMPORT_MIB_MAX: '2' });
  clerk = await api.as('clerk');
});
afterAll(() => api.close());
beforeEach(
  () => api.db.$executeRaw`truncate import_file, import_run, customer, bill, payment cascade`,
);

type Run = Record<string, unknown> & { id: string; state: string };

const send = (kind: string, body: string | Buffer, headers: Record<string, string> = {}) =>
  clerk.send('POST', `/imports?kind=${kind}&name=${kind}.csv`, body, { ...CSV, ...headers });

/** Waits for the end of an import. */
async function ended({ id }: { id: string }): Promise<Run> {
  let run: Run = { id, state: 'reading' };
  await until('the import has ended', async () => {
    run = (await clerk.get(`/imports/${id}`)).json<Run>();
    return run.state !== 'reading' && run.state !== 'receiving';
  });
  return run;
}

const bring = async (kind: string, body: string | Buffer, headers: Record<string, string> = {}) =>
  ended((await send(kind, body, headers)).json<Run>());

const customers = () => api.db.customer.count();
const pieces = () => api.db.importPiece.count();

test('a file is taken in the background, and tells by its id what became of it', async () => {
  const answer = await send('customers', customersCsv(wang, 'bad', liu));
  expect(answer.statusCode).toBe(202);
  const run = await ended(answer.json<Run>());
  expect(run).toMatchObject({
    ...{ kind: 'customers', name: 'customers.csv', state: 'done', actor: clerk.username },
    ...{ rowsRead: 3, rowsTaken: 2, rowsUnchanged: 0, rowsRejected: 1, because: null },
    rejectedBecause: [{ column: null, reason: 'has 1 fields where the header has 7', rows: 1 }],
  });
  expect(await customers()).toBe(2);
  expect(await pieces()).toBe(0);
  const [entry] = await api.db.command.findMany({ where: { kind: 'import' } });
  expect(entry).toMatchObject({ actor: clerk.username, body: { name: 'customers.csv' } });
});

test('its rejects come page by page, and as a file in which nothing is a formula', async () => {
  const run = await bring('customers', customersCsv('=cmd()', 'bad', wang));
  const first = await clerk.get(`/imports/${run.id}/rejects?limit=1`);
  const { items, nextCursor } = first.json<{ items: unknown[]; nextCursor: string }>();
  const reason = 'has 1 fields where the header has 7';
  expect(items).toEqual([{ line: 2, column: null, reason, raw: '=cmd()' }]);
  const next = await clerk.get(`/imports/${run.id}/rejects?cursor=${nextCursor}`);
  expect(next.json()).toMatchObject({ items: [{ line: 3, raw: 'bad' }], nextCursor: null });
  const file = await clerk.get(`/imports/${run.id}/rejects.csv`);
  expect(file.headers['content-disposition']).toMatch(/^attachment; filename="rejects-/);
  expect(file.body).toBe(`line,column,reason,raw\n2,,${reason},'=cmd()\n3,,${reason},bad\n`);
});

test('its reasons are told in the language of who asks', async () => {
  const run = await bring('customers', customersCsv('bad', 'c1,Wang,TB01,shop,,,en'));
  const chinese = (path: string) =>
    clerk.get(`/imports/${run.id}${path}`, { 'accept-language': 'zh-CN' });
  const short = '有 1 栏，而表头有 7 栏';
  const kind =
    '只能是 residential, commercial, industrial, agricultural, dedicated_transformer, government, school 之一';
  expect((await chinese('')).json()).toMatchObject({
    rejectedBecause: expect.arrayContaining([
      { column: null, reason: short, rows: 1 },
      { column: 'category', reason: kind, rows: 1 },
    ]) as unknown,
  });
  expect((await chinese('/rejects')).json()).toMatchObject({
    items: [{ reason: short }, { reason: kind }],
  });
  expect((await chinese('/rejects.csv')).body).toContain(`2,,${short},bad\n`);
});

test('the same file once more is harmless, and says so', async () => {
  await bring('customers', customersCsv(wang));
  const again = await bring('customers', gzipSync(customersCsv(wang)), {
    'content-type': 'application/gzip',
  });
  expect(again).toMatchObject({ nothingToDo: true, rowsRead: 1, rowsTaken: 0, rowsUnchanged: 1 });
  expect(again['firstImportedAt']).toMatch(/Z$/);
  const { items } = (await clerk.get('/imports')).json<{ items: Run[] }>();
  expect(items.map(({ id }) => id)).toContain(again.id);
});

test('the same order once more is the same import; its id serves no other file', async () => {
  const headers = { 'idempotency-key': 'monday' };
  const first = await bring('customers', customersCsv(wang), headers);
  const again = await send('customers', customersCsv(wang), headers);
  expect(again.json()).toMatchObject({ id: first.id, state: 'done', rowsTaken: 1 });
  const other = await send('customers', customersCsv(liu), headers);
  expect([other.statusCode, other.json<{ detail: string }>().detail]).toEqual([
    409,
    expect.stringContaining('used for another file'),
  ]);
  expect(await api.db.importRun.count()).toBe(1);
  expect(await pieces()).toBe(0);
});

test('two of the same at once: one takes the rows, the other finds nothing to do', async () => {
  const many = customersCsv(
    ...Array.from({ length: 2_000 }, (_, n) => `c${n},Name,TB01,residential,,,en`),
  );
  const runs = await Promise.all([bring('customers', many), bring('customers', many)]);
  expect(runs.map((run) => run['rowsTaken']).sort()).toEqual([0, 2_000]);
  expect(runs.map(({ state }) => state)).toEqual(['done', 'done']);
  expect(await customers()).toBe(2_000);
});

test('a dry run says what would come of it, keeps its rejects, and leaves no entry', async () => {
  const dry = await bring('customers', customersCsv(wang, 'bad'), { 'x-dry-run': 'true' });
  expect(dry).toMatchObject({ state: 'done', dryRun: true, rowsTaken: 1, rowsRejected: 1 });
  expect(await customers()).toBe(0);
  expect(await api.db.importFile.count()).toBe(0);
  expect((await clerk.get(`/imports/${dry.id}/rejects`)).json()).toMatchObject({
    items: [{ line: 3, raw: 'bad' }],
  });
  expect((await clerk.get('/imports')).json()).toMatchObject({ items: [] });
});

describe('a file that will not do leaves nothing, and says why:', () => {
  test.each<[string, string | Buffer, RegExp]>([
    ['other columns', 'customer_no,colour\n1,2\n', /"colour" is unknown/],
    ['broken gzip', gzipSync(customersCsv(wang)).subarray(0, 30), /damaged or cut short/],
    ['a workbook', Buffer.from('PK\u0003\u0004...'), /workbook/],
    ['a bomb', gzipSync(Buffer.alloc(3 * 1024 * 1024)), /longer than 2 MiB unzipped/],
    ['an endless field', `${customersCsv()}\n1,${'x'.repeat(1e6)}`, /longer than 64 KiB/],
    ['a quote left open', customersCsv('1,"x'), /never closed/],
    ['neither encoding', Buffer.from([0x61, 0xff, 0xfe, 0x61]), /neither UTF-8/],
    ['UTF-16', Buffer.from(`\ufeff${customersCsv(wang)}`, 'utf16le'), /in UTF-16/],
    ['zero bytes', customersCsv(wang).replaceAll('e', 'e\0'), /"custome\?r_no" is unknown/],
  ])('%s', async (_, body, because) => {
    const run = await bring('customers', body);
    expect(run).toMatchObject({ state: 'failed', rowsTaken: 0 });
    expect(run['because']).toMatch(because);
    expect([await customers(), await pieces(), await api.db.importFile.count()]).toEqual([0, 0, 0]);
  });

  test('it may be sent again under the same id', async () => {
    const headers = { 'idempotency-key': 'twice' };
    const first = await bring('bills', billsCsv('x,"y'), headers);
    const again = await bring('bills', billsCsv('x,"y'), headers);
    expect(again).toMatchObject({ id: first.id, state: 'failed' });
  });
});

describe('what is no file is refused at once', () => {
  test('too long by its own word, or when it turns out so', async () => {
    const url = new URL(await api.listen());
    const long = Buffer.alloc(2 * 1024 * 1024 + 1, 'x');
    const post = (headers: Record<string, string>) =>
      new Promise<[number, string]>((resolve, reject) => {
        const ask = request(
          {
            ...{ host: url.hostname, port: url.port, method: 'POST' },
            path: '/api/v1/imports?kind=bills',
            headers: { ...CSV, authorization: `Bearer ${clerk.token}`, ...headers },
          },
          (got) => {
            let text = '';
            got.on('data', (piece: Buffer) => (text += piece.toString()));
            got.on('end', () => resolve([got.statusCode ?? 0, text]));
          },
        );
        ask.on('error', reject);
        ask.end(long);
      });
    for (const headers of [{ 'content-length': `${long.length}` }, {}])
      expect(await post(headers as Record<string, string>)).toEqual([
        413,
        expect.stringContaining('larger than 2 MiB'),
      ]);
    expect([await api.db.importRun.count(), await pieces()]).toEqual([0, 0]);
  });

  test.each<[string, string, string, Record<string, string>, number]>([
    ['another content type', '?kind=bills', '{}', { 'content-type': 'application/json' }, 415],
    ['an unknown kind', '?kind=meters', 'x', CSV, 400],
    ['no kind', '', 'x', CSV, 400],
    ['an unknown field', '?kind=bills&force=1', 'x', CSV, 400],
    ['nothing', '?kind=bills', '', CSV, 400],
    ['a name with a line break', '?kind=bills&name=a%0d%0ab', 'x', CSV, 400],
    ['a bad key', '?kind=bills', 'x', { ...CSV, 'idempotency-key': 'a b' }, 400],
  ])('%s', async (_, query, body, headers, status) => {
    const answer = await clerk.send('POST', `/imports${query}`, body, headers);
    expect(answer.statusCode).toBe(status);
    expect(await api.db.importRun.count()).toBe(0);
  });

  test('by a clerk of one station, to whom no file belongs', async () => {
    const run = await bring('customers', customersCsv(wang));
    const local = await api.as('clerk', { stations: ['TB01'] });
    const answers = await Promise.all([
      local.send('POST', '/imports?kind=customers', customersCsv(liu), CSV),
      ...['', '/rejects', '/rejects.csv'].map((path) => local.get(`/imports/${run.id}${path}`)),
      local.get('/unmatched-payments'),
    ]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403, 403, 403]);
    expect(await customers()).toBe(1);
  });

  test('and an unknown import is a 404', async () => {
    const { statusCode } = await clerk.get('/imports/00000000-0000-4000-8000-000000000000/rejects');
    expect(statusCode).toBe(404);
  });
});

test('one whose process died is stated as broken, and the same order takes it up', async () => {
  const headers = { 'idempotency-key': 'storm' };
  const body = customersCsv(wang);
  const { id } = await bring('customers', body, headers);
  // As a process leaves it that is killed before the commit.
  await api.db.$executeRaw`truncate import_file, customer cascade`;
  await api.db.$executeRaw`
    insert into import_run (id, order_id, kind, name, actor, dry_run, state, sha256, beat_at)
    values (${id}::uuid, 'storm', 'customers', 'customers.csv', 'x', false, 'reading',
      encode(sha256(${Buffer.from(body)}), 'hex'), now() - interval '31 seconds')`;
  expect((await clerk.get(`/imports/${id}`)).json()).toMatchObject({
    state: 'broken',
    because: expect.stringContaining('import the file again') as string,
  });
  expect(await bring('customers', body, headers)).toMatchObject({
    id,
    state: 'done',
    rowsTaken: 1,
  });
  expect(await customers()).toBe(1);
});

test('payments of nobody are told of', async () => {
  await bring('payments', paymentsCsv(paymentOf('wang')));
  expect((await clerk.get('/unmatched-payments')).json()).toMatchObject({
    ...{ count: 1, amountFen: 4000, first: [{ customerNo: 'wang' }] },
  });
  await bring('customers', customersCsv(wang));
  expect(await bring('bills', billsCsv(billOf('wang')))).toMatchObject({ takenFen: 10_000 });
  expect((await clerk.get('/unmatched-payments')).json()).toMatchObject({ count: 0 });
});
