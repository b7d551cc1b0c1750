import { toFen } from '../../domain/fen';
import { instantAt, toDate, toPeriod, type Instant } from '../../domain/time';
import type { BookCustomer } from '../../simulation/book';
import type { CustomerRun, Under } from '../../simulation/run';
import { rulesV1 } from './facts';
import { gradingV1 } from './grades';

/** The shipped rules, with these days off. */
export const underV1 = (holidays: readonly string[] = []): Under => ({
  rules: rulesV1(holidays),
  grading: gradingV1,
});

/** A shopkeeper without bills who can be reached. */
export const someCustomer = (given: Partial<BookCustomer> = {}): BookCustomer => ({
  ...{ customerNo: 'wang', station: 'TB01', category: 'commercial', collector: null },
  ...{ reachable: ['sms', 'email'], prepaid: false },
  onFile: { businessCondition: null, industry: null, supplyArea: null, depositFen: toFen(0) },
  ...{ bills: [], payments: [] },
  ...given,
});

/** A bill issued on the 1st of its month and due on the 20th; its number is its month. */
export const billOf = (month: string, yuan: number): BookCustomer['bills'][number] => ({
  ...{ billNo: month, period: toPeriod(month), amountFen: toFen(yuan * 100) },
  ...{ issuedOn: toDate(`${month}-01`), dueOn: toDate(`${month}-20`) },
});

export const paidOn = (day: string, yuan: number, hour = 15): BookCustomer['payments'][number] => ({
  receivedAt: shanghai(day, hour),
  amountFen: toFen(yuan * 100),
});

export const shanghai = (day: string, hour: number): Instant => instantAt(toDate(day), hour * 60);

/** A run as lines: `08-01 09 bill-notice sms+email` by Shanghai's clock, with tasks behind a slash. */
export const lines = ({ steps }: CustomerRun): string[] =>
  steps.map(({ at, stepKey, kind, channels, tasks }) => {
    const clock = new Date(Date.parse(at) + 8 * 3_600_000).toISOString();
    const name = kind === 'taskEscalated' ? `${kind} ${stepKey}` : stepKey === '' ? kind : stepKey;
    const how = [channels.join('+'), tasks.join('+')].filter((part) => part !== '').join(' / ');
    return [clock.slice(5, 10), clock.slice(11, 13), name, how].join(' ').trimEnd();
  });

/** The months of a run: period, level, outcome. */
export const months = ({ cycles }: CustomerRun): string[] =>
  cycles.map(({ period, level, outcome }) => `${period} ${level} ${outcome ?? 'open'}`);
