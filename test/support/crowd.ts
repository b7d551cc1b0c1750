import type { Db } from '../../db/client';
import type { FakeSmtp } from './fake-smtp';
import type { FakeTwilio } from './fake-twilio';

export type Crowd = Readonly<{
  station: string;
  /** Those who owe. */
  customers: readonly Readonly<{
    customerNo: string;
    phone: string;
    email: string;
    owedFen: number;
  }>[];
}>;

/**
 * Customers of a station of their own, each with a bill of July 2026: levels Ⅰ to Ⅲ in turn, ¥100.01 and up. Of those beyond `owing`,
 * half have paid and half have a credit that covers their bill: from them there is nothing to collect.
 */
export async function crowd(
  db: Db,
  { station, owing, settled = 0 }: { station: string; owing: number; settled?: number },
): Promise<Crowd> {
  const all = owing + settled;
  await db.$executeRaw`
    insert into customer (customer_no, name, station, category, phone, email, language)
    select ${station} || lpad(n::text, 5, '0'), '客户 ' || n, ${station}, 'commercial',
      '+86139' || lpad((abs(hashtext(${station})) % 9999 * 10000 + n)::text, 8, '0'),
      lower(${station}) || n || '@example.test', case n % 5 when 0 then 'en' else 'zh-CN' end
    from generate_series(1, ${all}::int) n`;
  await db.$executeRaw`
    insert into grade (customer_no, as_of, level, score, reasons, source, policy_id)
    select customer_no, '2000-01-01', row_number() over (order by customer_no) % 3 + 1, 0, '[]', 'graded', 'tabei-grade-v1'
    from customer where station = ${station}`;
  await db.$executeRaw`
    insert into bill (bill_no, customer_no, period, amount_fen, issued_on, due_on)
    select 'B' || customer_no, customer_no, '2026-07', 10000 + row_number() over (order by customer_no), '2026-07-01', '2026-07-20'
    from customer where station = ${station}`;
  await db.$executeRaw`
    with covered as (
      select *, row_number() over (order by customer_no) as n from bill
      where customer_no like ${`${station}%`} order by customer_no offset ${owing}),
    paid as (
      insert into payment (payment_ref, customer_no, given_customer_no, amount_fen, received_at, channel)
      select 'P' || customer_no, customer_no, customer_no, amount_fen, '2026-06-30T12:00:00Z', 'counter' from covered where n % 2 = 0)
    insert into bill (bill_no, customer_no, period, amount_fen, issued_on, due_on)
    select 'C' || customer_no, customer_no, '2026-06', -amount_fen - 1, '2026-06-01', '2026-06-01' from covered where n % 2 = 1`;
  const customers = await db.$queryRaw<Crowd['customers'][number][]>`
    select customer_no as "customerNo", phone, email, amount_fen::int as "owedFen"
    from customer join bill using (customer_no)
    where station = ${station} and period = '2026-07' order by customer_no limit ${owing}`;
  return { station, customers };
}

/** What the fakes really took, whatever anybody recorded. */
export type Taken = Readonly<{ channel: 'sms' | 'email'; address: string }>;
export const takenBy = (twilio: FakeTwilio, smtp: FakeSmtp): Taken[] => [
  ...twilio.taken.map(({ to }) => ({ channel: 'sms' as const, address: to })),
  ...smtp.taken.flatMap(({ recipients }) =>
    recipients.map((address) => ({ channel: 'email' as const, address })),
  ),
];
