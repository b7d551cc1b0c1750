import { campaignDay, type DayInput } from '../../bench/day';

/** One machine opens 36,000 months in an hour; the providers take as many texts and ten times the mails. */
const day: DayInput = {
  customers: 36_000,
  owing: 1,
  machines: 1,
  monthsPerSecond: 10,
  paymentCost: 0.5,
  paying: 0,
  smsPerSecond: 10,
  mailPerSecond: 100,
};

test('a day that the machines and the providers can do ends when the slowest is through', () => {
  expect(campaignDay(day)).toMatchObject({ openedAfter: 1, textsSentAfter: 1, textsWaiting: 0 });
  const slow = campaignDay({ ...day, smsPerSecond: 2 });
  expect(slow).toMatchObject({
    openedAfter: 1,
    textsSentAfter: 5,
    mailsSentAfter: 1,
    bends: 'sms',
  });
  expect(slow.textsWaiting).toBe(36_000 - 2 * 3_600);
});

test('what is not through by 20:00 is said to be so, and twice the machines and the quotas are through in half the time', () => {
  const large = { ...day, customers: 36_000 * 13 };
  expect(campaignDay(large).openedAfter).toBeNull();
  const twice = { ...large, machines: 2, smsPerSecond: 20 };
  expect(campaignDay(twice)).toMatchObject({ openedAfter: 6.5, textsSentAfter: 6.5 });
});

test('payments go before months: they delay the opening and wait only when there are more than the machines take', () => {
  const some = campaignDay({ ...day, customers: 36_000 * 4, paying: 0.5 });
  expect(some.paymentsWaiting).toBe(0);
  expect(some.openedAfter).toBeGreaterThan(4);
  const flood = campaignDay({ ...day, customers: 36_000 * 20, paying: 1 });
  expect(flood.paymentsWaiting).toBeGreaterThan(0);
  expect(flood.paymentDelay).toBeGreaterThan(60);
  expect(flood.bends).toBe('engine');
});
