import { movedSample } from '../../db/sample';
import { toDate } from '../../domain/time';

async function rowsOf(kind: 'customers' | 'bills' | 'payments', today: string) {
  const [header = '', ...lines] = (await movedSample(kind, toDate(today))).trimEnd().split('\n');
  const names = header.split(',');
  return lines.map((line): Record<string, string> => {
    const fields = line.split(',');
    return Object.fromEntries(names.map((name, at) => [name, fields[at] ?? '']));
  });
}

describe('the sample book', () => {
  test.each(['2005-09-01', '2026-11-23', '2027-01-31', '2028-02-29'])(
    'was billed for the last time on %s when that is today',
    async (today) => {
      const bills = await rowsOf('bills', today);
      const last = bills.map((bill) => bill['issued_on'] ?? '').reduce((a, b) => (a > b ? a : b));
      expect(last).toBe(today);
      expect(bills.every((bill) => bill['bill_no']?.endsWith(bill['period'] ?? 'none'))).toBe(true);
      expect(bills.every((bill) => (bill['issued_on'] ?? '') < (bill['due_on'] ?? ''))).toBe(true);
    },
  );

  test('has no payment of the future, and keeps the hour of the others', async () => {
    const payments = await rowsOf('payments', '2026-11-23');
    const instants = payments.map((payment) => payment['received_at'] ?? '');
    expect(instants.every((at) => at <= '2026-11-23T00:00:00+08:00')).toBe(true);
    expect(instants.some((at) => at > '2026-11-20')).toBe(true);
    expect(instants.every((at) => at.endsWith('+08:00') && !at.includes('T00:00:00'))).toBe(true);
  });

  test('has every category and station, both languages and no number twice', async () => {
    const customers = await rowsOf('customers', '2026-11-23');
    const distinct = (name: string) => new Set(customers.map((customer) => customer[name])).size;
    expect(customers.length).toBeGreaterThanOrEqual(300);
    expect([distinct('category'), distinct('station'), distinct('language')]).toEqual([5, 5, 2]);
    expect(distinct('customer_no')).toBe(customers.length);
  });
});
