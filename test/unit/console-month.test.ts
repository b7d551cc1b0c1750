import { rateOn } from '../../console/src/lib/rates';
import { compare, linesOf, type Curve } from '../../console/src/pages/month/curves';
import { addressOf } from '../../console/src/pages/month/links';
import { sortsOf } from '../../console/src/pages/month/messages';

const curve = (period: string, billedFen: number, days: [number, number][]): Curve => ({
  ...{ period, billedFen, issuedOn: `${period}-01`, receivedFen: days.at(-1)?.[1] ?? 0 },
  days: days.map(([day, receivedFen]) => ({ day, on: `${period}-${day + 1}`, receivedFen })),
});
const JULY = curve('2026-07', 1_000, [
  [3, 100],
  [9, 333],
]);
const JUNE = curve('2026-06', 2_000, [
  [1, 200],
  [9, 500],
  [40, 2_000],
]);
const MAY = curve('2026-05', 1_000, [[5, 500]]);

describe('the daily recovery', () => {
  test.each([
    [0, 0],
    [3, 10],
    [8, 10],
    [9, 33.3],
    [90, 33.3],
  ])('of day %d stays until more comes in: %d %%', (day, percent) => {
    expect(rateOn(JULY, day)).toBe(percent);
  });

  test('of what was not billed is none, and has no line', () => {
    const credits = curve('2026-07', -500, []);
    expect(rateOn(credits, 3)).toBeNull();
    expect(compare([credits, JUNE], '2026-07-10')).toBeNull();
    expect(linesOf([credits, JUNE], '2026-07-10').map(({ period }) => period)).toEqual(['2026-06']);
  });

  test('ends today, and of earlier months after a month', () => {
    const [july, june] = linesOf([JULY, JUNE], '2026-07-10');
    expect(july?.rates).toEqual([0, 0, 0, 10, 10, 10, 10, 10, 10, 33.3]);
    expect(june?.rates).toHaveLength(32);
  });

  test('is compared with the same day of the months before', () => {
    expect(compare([JULY, JUNE, MAY], '2026-07-10')).toEqual({
      ...{ day: 9, now: 33.3, before: 25, average: 37.5 },
    });
    expect(compare([JULY], '2026-07-04')).toEqual({
      ...{ day: 3, now: 10, before: null, average: null },
    });
    expect([compare([], '2026-07-10'), linesOf([], '2026-07-10')]).toEqual([null, []]);
  });
});

test('messages are told apart by the provider’s word, then by ours', () => {
  const row = (status: string, receipt: string | null, channel = 'sms') => ({
    ...{ channel, status, receipt, messages: 2 },
  });
  const sorts = sortsOf([
    ...[row('accepted', null), row('accepted', 'sent', 'email'), row('accepted', 'delivered')],
    ...[row('accepted', 'undelivered'), row('undeliverable', null), row('sending', null)],
    ...[row('waiting', null), row('unknown', null), row('dropped', null)],
  ]);
  expect(sorts).toEqual({
    sent: { sms: 2, email: 2, all: 4 },
    delivered: { sms: 2, email: 0, all: 2 },
    failed: { sms: 4, email: 0, all: 4 },
    waiting: { sms: 4, email: 0, all: 4 },
    unknown: { sms: 2, email: 0, all: 2 },
    dropped: { sms: 2, email: 0, all: 2 },
  });
});

test('an address keeps what is filtered by, and nothing else', () => {
  const filters = { level: '1', station: undefined, stage: 'demand' };
  expect(addressOf('/customers', filters)).toBe('/customers?level=1&stage=demand');
  expect(addressOf('/tasks', { station: undefined })).toBe('/tasks');
});
