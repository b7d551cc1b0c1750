import { join } from 'node:path';
import { run } from '../../cli/run';
import { toFen } from '../../domain/fen';
import { instantAt, toDate, toPeriod } from '../../domain/time';
import { backtest, type Backtest } from '../../simulation/backtest';
import { monthsOf, observe, outcomesOf, type OnBook } from '../../simulation/observe';
import { gradingV1, gradingV2 } from '../support/grades';

type Paid = readonly [day: string, yuan: number];
const MONTHS = ['2026-01', '2026-02', '2026-03', '2026-04'].map(toPeriod);
const onFile = { businessCondition: null, industry: null, supplyArea: null, depositFen: toFen(0) };
const billOf = (period: string, yuan = 100) => ({
  ...{ billNo: period, period: toPeriod(period), amountFen: toFen(yuan * 100) },
  ...{ issuedOn: toDate(`${period}-01`), dueOn: toDate(`${period}-20`) },
});
const payments = (paid: readonly Paid[]) =>
  paid.map(([day, yuan]) => {
    return { receivedAt: instantAt(toDate(day), 600), amountFen: toFen(yuan * 100) };
  });
/** ¥100 a month. */
const customer = (
  paid: readonly Paid[],
  bills = MONTHS.map((period) => billOf(period)),
): OnBook => ({
  ...{ category: 'residential', onFile, bills, payments: payments(paid) },
});
const months = monthsOf(customer([]).bills);
const february = { period: toPeriod('2026-02'), dueOn: toDate('2026-02-20') };

it('a book has the months of its bills, each with the due day that most have', () => {
  const odd = { ...billOf('2026-02'), dueOn: toDate('2026-02-25') };
  expect(monthsOf([odd, billOf('2026-02'), billOf('2026-02'), billOf('2026-01')])).toEqual([
    { period: '2026-01', dueOn: '2026-01-20' },
    { period: '2026-02', dueOn: '2026-02-20' },
  ]);
});

it.each<[string, readonly Paid[], unknown]>([
  ['who pays nothing', [], { missed: true, missedByAll: true, billLate: true, paidAfterDue: null }],
  [
    'who pays a part on the due day',
    [['2026-02-20', 10]],
    { missed: false, missedByAll: false, billLate: true, paidAfterDue: false },
  ],
  [
    'who pays all the day after',
    [['2026-02-21', 200]],
    { missed: true, missedByAll: true, billLate: true, paidAfterDue: true },
  ],
  [
    'who has no old debt, and pays in time',
    [
      ['2026-01-20', 100],
      ['2026-02-05', 100],
    ],
    { missed: null, missedByAll: false, billLate: false, paidAfterDue: false },
  ],
  [
    'whose credit paid the bill',
    [['2026-01-20', 200]],
    { missed: null, missedByAll: null, billLate: false, paidAfterDue: null },
  ],
])('in a month, of %s', (_who, paid, outcomes) => {
  expect(outcomesOf(customer(paid), february)).toEqual(outcomes);
});

it('without a bill of its own a month is judged by the debt', () => {
  const bills = [billOf('2026-01')];
  expect(outcomesOf(customer([], bills), february)).toMatchObject({ missed: true, billLate: null });
});

it('a grade sees nothing of what comes later', () => {
  const paid: Paid[] = [['2026-01-10', 100]];
  const both = [gradingV1, gradingV2];
  const known = observe(customer(paid), months.slice(0, 2), both);
  const later = [...paid, ['2026-02-01', 500] as const, ['2026-03-09', 500] as const];
  const bills = [billOf('2026-01'), billOf('2026-02'), billOf('2026-03', 9_000)];
  const withLater = observe(customer(later, bills), months.slice(0, 2), both);
  expect(withLater.map(({ findings }) => findings)).toEqual(known.map(({ findings }) => findings));
});

it('a level begins where the month before left it', () => {
  const rows = observe(customer([]), months, [gradingV1]);
  expect(rows.map(({ findings: [first] }) => first?.level)).toEqual([2, 2, 2, 1]);
});

it('the figures of a book of four', () => {
  // Judged in April, the test: two who pay in time but never all, one who pays after the due day, one who pays nothing.
  const inTime = MONTHS.map((period): Paid => [`${period}-15`, 20]);
  const late = MONTHS.map((period): Paid => [`${period}-25`, 20]);
  const book = [customer(inTime), customer(inTime), customer(late), customer([])];
  const testFrom = toPeriod('2026-04');
  const found = backtest(book, [gradingV1, gradingV2], { months, testFrom });
  const [v1, v2] = found.policies;
  expect(v1?.test.missed).toMatchObject({ customers: 4, bad: 2, rate: 0.5 });
  // By the first version all are Ⅰ, three months being unpaid; by the second the two who miss.
  expect(v1?.levels.map(({ customers, bad }) => [customers, bad])).toEqual([
    [4, 2],
    [0, 0],
    [0, 0],
  ]);
  expect(
    v2?.levels.map(({ customers, bad, lift, caught }) => [customers, bad, lift, caught]),
  ).toEqual([
    [2, 2, 2, 1],
    [0, 0, 0, 0],
    [2, 0, 0, 0],
  ]);
  expect(v2?.test.missed.auc?.value).toBe(1);
  expect(found.gains).toMatchObject([{ policyId: 'tabei-grade-v2', next: null }]);
  expect(v2?.months.map(({ part }) => part)).toEqual(['fit', 'fit', 'fit', 'test']);
  expect(v2?.factors.find(({ factor }) => factor === 'lastReceipt')).toMatchObject({
    ...{ withPoints: 2, auc: { value: 1 } },
  });
});

async function tarim(...args: string[]): Promise<{ code: number; out: string; said: string }> {
  let [out, said] = ['', ''];
  const { Writable } = await import('node:stream');
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      out += String(chunk);
      done();
    },
  });
  const say = (text: string) => void (said += text);
  const env = { LANG: 'en_US.UTF-8' };
  const code = await run(args, { stdout, say, columns: Infinity, colour: false, env });
  return { code, out, said };
}
const SAMPLES = join(__dirname, '..', '..', 'samples');

it('the command needs a book as files and nothing else', async () => {
  const args = ['backtest', '--book', SAMPLES, '--against', 'tabei-grade-v2', '--json'];
  const { code, out } = await tarim(...args);
  const found = JSON.parse(out) as Backtest;
  expect(code).toBe(0);
  expect(found).toMatchObject({ customers: 360, testFrom: '2005-08' });
  expect(found.policies.map(({ policyId }) => policyId)).toEqual([
    ...['tabei-grade-v1', 'tabei-grade-v2'],
  ]);
});

it.each([
  ['a policy that is no grading', ['--policy', 'tabei-v1'], 2, 'tabei-v1 is no grading policy.'],
  ['a file that is not there', ['--policy', 'nowhere.json'], 4, 'nowhere.json'],
  ['a test after the last month', ['--test-from', '2006-01'], 2, 'too few months'],
  ['a folder without a book', ['--book', join(SAMPLES, '..', 'docs')], 2, 'customers'],
])('the command refuses %s', async (_what, args, code, sentence) => {
  const answer = await tarim('backtest', '--book', SAMPLES, ...args);
  expect(answer.code).toBe(code);
  expect(answer.said).toContain(sentence);
});
