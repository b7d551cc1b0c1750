import { settle } from '../../domain/allocation';
import { toFen } from '../../domain/fen';
import { receiptsOf } from '../../domain/receipts';
import { instantAt, toDate, toPeriod } from '../../domain/time';

type BillGiven = readonly [period: string, yuan: number, issued?: string, due?: string];
type Paid = readonly [day: string, yuan: number];

/** Bills of the first of their month, due on the 20th; receipts as of 09:00 of a day. */
function receipts(bills: readonly BillGiven[], paid: readonly Paid[], day: string) {
  const at = instantAt(toDate(day), 540);
  const book = bills.map(
    ([period, yuan, issued = `${period}-01`, due = `${period}-20`], index) => ({
      ...{ billNo: `b${index}`, period: toPeriod(period), amountFen: toFen(yuan * 100) },
      ...{ issuedOn: toDate(issued), dueOn: toDate(due) },
    }),
  );
  const payments = paid.map(([on, yuan]) => {
    return { receivedAt: instantAt(toDate(on), 600), amountFen: toFen(yuan * 100) };
  });
  return receiptsOf(settle(book, payments, at).bills, payments, at);
}
const three: BillGiven[] = [
  ['2026-01', 100],
  ['2026-02', 100],
  ['2026-03', 100],
];

it.each<[string, readonly Paid[], string]>([
  ['in time on the day of issue', [['2026-01-01', 10]], 'inTime'],
  ['in time on the due day, be it a tenth of the bill', [['2026-01-20', 10]], 'inTime'],
  ['after the due day on the next', [['2026-01-21', 100]], 'afterDue'],
  ['nothing when it came before the issue', [['2025-12-31', 10]], 'none'],
  ['nothing when nothing came', [], 'none'],
])('a month was paid %s', (_rule, paid, last) => {
  expect(receipts([['2026-01', 100]], paid, '2026-01-25').last).toBe(last);
});

it('a month that is not past its due day is none yet', () => {
  const nothing = { last: null, missedMonths: 0, missedInRow: 0, inTimeInRow: 0 };
  expect(receipts([['2026-01', 100]], [], '2026-01-20')).toEqual(nothing);
  expect(receipts([['2026-01', 100]], [], '2026-01-21')).toMatchObject({ missedMonths: 1 });
});

it('what comes later is not known', () => {
  expect(receipts([['2026-01', 100]], [['2026-01-21', 100]], '2026-01-21').last).toBe('none');
});

it('a payment after the next bill was issued is the next month’s', () => {
  expect(receipts(three, [['2026-02-01', 50]], '2026-02-25')).toEqual({
    ...{ last: 'inTime', missedMonths: 1, missedInRow: 0, inTimeInRow: 1 },
  });
});

it('a month that credit paid is neither missed nor in time', () => {
  const paid: Paid[] = [['2025-12-10', 200]];
  expect(receipts(three, paid, '2026-02-25')).toMatchObject({ last: null, missedMonths: 0 });
  expect(receipts(three, paid, '2026-03-25')).toMatchObject({ last: 'none', missedMonths: 1 });
});

it('months in a row end with the first that was otherwise', () => {
  const paid: Paid[] = [['2026-01-10', 10]];
  const missed = { last: 'none', missedMonths: 2, missedInRow: 2, inTimeInRow: 0 };
  expect(receipts(three, paid, '2026-03-25')).toEqual(missed);
  const later: Paid[] = [
    ['2026-02-10', 10],
    ['2026-03-10', 10],
  ];
  expect(receipts(three, later, '2026-03-25')).toEqual({
    ...{ last: 'inTime', missedMonths: 1, missedInRow: 0, inTimeInRow: 2 },
  });
});

it('old debt that is unpaid makes a month owed, also when its own bill is a credit’s', () => {
  const bills: BillGiven[] = [
    ['2026-01', 500],
    ['2026-02', 1],
  ];
  expect(receipts(bills, [['2026-01-25', 100]], '2026-02-25').missedMonths).toBe(2);
});

it('only the last twelve months count', () => {
  const bills = [...Array(14).keys()].map((index): BillGiven => {
    const [year, month] = [2025 + Math.floor(index / 12), (index % 12) + 1];
    return [`${year}-${String(month).padStart(2, '0')}`, 100];
  });
  expect(receipts(bills, [], '2026-02-25').missedMonths).toBe(12);
});

it('two bills of a month are one month, to its last due day', () => {
  const bills: BillGiven[] = [
    ['2026-01', 100],
    ['2026-01', 50, '2026-01-10', '2026-01-28'],
  ];
  expect(receipts(bills, [['2026-01-26', 10]], '2026-02-01')).toMatchObject({
    ...{ last: 'inTime', missedMonths: 0 },
  });
});
