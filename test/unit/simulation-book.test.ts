import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { toDate } from '../../domain/time';
import { readBook } from '../../simulation/read-book';
import { simulateBook } from '../../simulation/simulate';
import { underV1 } from '../support/sim-book';

const SAMPLES = join(__dirname, '..', '..', 'samples');
const CUSTOMERS = `customer_no,name,station,category,phone,email,language
C1,王,TB01,residential,13871281212,,zh-CN
C2,李,TB02,moonlight,,,zh-CN
`;
const BILLS = `bill_no,customer_no,period,amount,issued_on,due_on
B2,C1,2026-06,20.00,2026-06-01,2026-06-20
B1,C1,2026-05,10.50,2026-05-01,2026-05-20
B1,C1,2026-05,11.00,2026-05-01,2026-05-20
B3,C9,2026-05,10.00,2026-05-01,2026-05-20
`;
const PAYMENTS = `payment_ref,customer_no,amount,received_at,channel
P1,C1,10.50,2026-05-03T09:00:00+08:00,bank
`;

describe('a book read into memory', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tarim-book-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('has what the import would take, in order of time, and counts the rest', async () => {
    await writeFile(join(folder, 'customers.csv'), CUSTOMERS);
    await writeFile(join(folder, 'bills.csv.gz'), gzipSync(BILLS));
    await writeFile(join(folder, 'payments.csv'), PAYMENTS);
    const { customers, rejected } = await readBook(folder);
    expect(rejected).toBe(3);
    expect(customers).toHaveLength(1);
    expect(customers[0]).toMatchObject({ customerNo: 'C1', station: 'TB01', reachable: ['sms'] });
    expect(customers[0]?.bills.map(({ billNo, amountFen }) => [billNo, amountFen])).toEqual([
      ['B1', 1050],
      ['B2', 2000],
    ]);
    expect(customers[0]?.payments).toEqual([
      { receivedAt: '2026-05-03T01:00:00.000Z', amountFen: 1050 },
    ]);
  });

  it('says which file is missing', async () => {
    await expect(readBook(tmpdir())).rejects.toThrow(/has no customers\.csv/);
  });

  it('is the sample, which runs from end to end', async () => {
    const { customers, rejected } = await readBook(SAMPLES);
    expect([customers.length, rejected]).toEqual([360, 0]);
    const setting = { from: toDate('2005-04-01'), to: toDate('2005-09-30') };
    const runs = [...simulateBook(customers.slice(0, 40), underV1(), setting)];
    expect(runs.map(({ customerNo }) => customerNo)).toEqual(
      customers.slice(0, 40).map(({ customerNo }) => customerNo),
    );
    const outcomes = new Set(runs.flatMap(({ cycles }) => cycles.map(({ outcome }) => outcome)));
    expect(outcomes).toEqual(new Set(['carriedForward', 'paid', null]));
  });
});
