import fc from 'fast-check';
import { gradeFacts } from '../../domain/grade-facts';
import { grade, type GradingPolicy } from '../../domain/grading';
import { gradedTheSameUntil } from '../../domain/grading-days';
import type { Level } from '../../domain/policy';
import { dateOf, instantAt, plusDays, toDate, type CivilDate } from '../../domain/time';
import { dailyGrades, type Regraded } from '../../simulation/daily-grades';
import { simulateBook, type Setting } from '../../simulation/simulate';
import { someFacts } from '../support/facts';
import { gradingV1, gradingV2 } from '../support/grades';
import {
  billOf,
  lines,
  months,
  paidOn,
  shanghai,
  someCustomer,
  underV1,
} from '../support/sim-book';

const MONTHS = ['2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03'];
/** Long enough for bills to fall out of the twelve months looked at, and for a year to end. */
const [FROM, DAYS] = [toDate('2025-10-01'), 480];

const accounts = fc.record({
  bills: fc
    .array(fc.integer({ min: -100, max: 900 }), { minLength: 6, maxLength: 6 })
    .map((yuan) => MONTHS.flatMap((month, nth) => (yuan[nth] ? [billOf(month, yuan[nth])] : []))),
  payments: fc
    .array(
      fc.record({
        month: fc.constantFrom(...MONTHS),
        day: fc.integer({ min: 1, max: 28 }),
        yuan: fc.integer({ min: 1, max: 900 }),
      }),
      { maxLength: 8 },
    )
    .map((rows) =>
      rows
        .map(({ month, day, yuan }) => paidOn(`${month}-${String(day).padStart(2, '0')}`, yuan))
        .sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1)),
    ),
});
type Account = typeof accounts extends fc.Arbitrary<infer A> ? A : never;

/** What is known at an instant; the same lists for as long as nothing is billed or paid. */
function knowing({ bills, payments }: Account) {
  let last = { key: '', bills: [] as const, payments: [] as const } as Readonly<{
    key: string;
    bills: readonly (Account['bills'][number] & { level: Level; closedAs: null })[];
    payments: Account['payments'];
  }>;
  return (at: string) => {
    const issued = bills.filter(({ issuedOn }) => instantAt(issuedOn) <= at);
    const paid = payments.filter(({ receivedAt }) => receivedAt <= at);
    const key = `${issued.length} ${paid.length}`;
    if (key !== last.key)
      last = {
        key,
        bills: issued.map((bill) => ({ ...bill, level: 2 as const, closedAs: null })),
        payments: paid,
      };
    return last;
  };
}

const { onFile } = someCustomer();
const graded = (
  account: Account,
  policy: GradingPolicy,
  day: CivilDate,
  previous: Level | null,
) => {
  const at = instantAt(day, 60);
  const known = { ...knowing(account)(at), category: 'commercial' as const, promises: [] };
  return { known, at, found: grade(gradeFacts(known, onFile, previous, at), policy) };
};

describe.each([gradingV1, gradingV2])('the grades of each day by $id', (policy) => {
  it('stay the same until the day that is said, when nothing is billed or paid', () => {
    fc.assert(
      fc.property(
        accounts,
        fc.integer({ min: 0, max: DAYS }),
        fc.constantFrom<Level | null>(1, 2, 3, null),
        (account, days, previous) => {
          const day = plusDays(FROM, days);
          const { known, at, found } = graded(account, policy, day, previous);
          const until = gradedTheSameUntil(known, policy, at);
          for (let next = day; next <= until; next = plusDays(next, 1)) {
            const again = grade(gradeFacts(known, onFile, previous, instantAt(next, 60)), policy);
            expect([next, again.level, again.score]).toEqual([next, found.level, found.score]);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('are those of a grading of every morning, though most mornings are passed over', () => {
    fc.assert(
      fc.property(accounts, (account) => {
        const each: [string, Level][] = [];
        let level: Level | null = null;
        for (let days = 0; days < DAYS; days += 1) {
          const { at, found } = graded(account, policy, plusDays(FROM, days), level);
          if (found.level !== level) each.push([at, found.level]);
          level = found.level;
        }
        const told: Regraded[] = [];
        const daily = dailyGrades({ onFile }, policy, FROM, (change) => told.push(change));
        const known = knowing(account);
        let facts = someFacts({ category: 'commercial', level: 2, bills: [] });
        // Looked at on some days only, and whenever something is billed or paid.
        const looks = [
          ...account.bills.map(({ issuedOn }) => instantAt(issuedOn)),
          ...account.payments.map(({ receivedAt }) => receivedAt),
          ...Array.from({ length: DAYS / 40 }, (_, n) => instantAt(plusDays(FROM, n * 40), 900)),
          instantAt(plusDays(FROM, DAYS - 1), 900),
        ].sort();
        for (const at of looks) {
          facts = daily.by(facts, at);
          const { bills, payments } = known(at);
          facts = { ...facts, bills, payments };
        }
        expect(told.map(({ at, to }) => [at, to])).toEqual(each);
      }),
      { numRuns: 8 },
    );
  });
});

describe('a book graded each day', () => {
  const bills = ['2026-04', '2026-05', '2026-06', '2026-07'].map((month) => billOf(month, 100));
  const slow = someCustomer({
    ...{ category: 'government', bills, payments: [paidOn('2026-04-10', 100)] },
    onFile: { ...onFile, businessCondition: 'closing' },
  });
  const run = (graded: Setting['graded'] = 'month') => {
    const setting = { from: toDate('2026-05-01'), to: toDate('2026-07-31'), graded };
    const [ran] = [...simulateBook([slow], underV1(), setting)];
    if (ran === undefined) throw new Error('the book has one customer');
    return ran;
  };
  const changes = ({ levels }: ReturnType<typeof run>) =>
    levels.map(({ at, to }) => `${dateOf(at)} ${to}`);

  it('finds on the morning after the due day what the openings find ten days later', () => {
    expect(changes(run())).toEqual(['2026-05-01 3', '2026-07-01 2']);
    expect(changes(run('day'))).toEqual(['2026-05-01 3', '2026-06-21 2', '2026-07-21 1']);
    expect(run('day').levels[1]).toEqual({
      ...{ at: shanghai('2026-06-21', 1), from: 3, to: 2, by: 'grading' },
    });
  });

  it('changes the ladder of no bill that is on one: the level is that of the bills to come', () => {
    const [monthly, daily] = [run(), run('day')];
    expect(months(daily)).toEqual(months(monthly));
    const untilJuly = (ran: typeof daily) =>
      lines({ ...ran, steps: ran.steps.filter(({ at }) => at < shanghai('2026-07-01', 0)) });
    expect(untilJuly(daily)).toEqual(untilJuly(monthly));
  });
});
