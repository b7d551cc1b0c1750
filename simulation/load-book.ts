import type { Sql } from '../db/client';
import type { BookCustomer } from './book';

/**
 * The book of a database, whole: customers by number, with all that was ever billed and received. What collection did with them (months, grades,
 * holds, promises) is not read: a simulation begins afresh. An address that will never do is no channel.
 */
export const loadBook = (sql: Sql): Promise<BookCustomer[]> => sql.$queryRaw`
  select c.customer_no as "customerNo", c.station, c.category, c.collector, c.prepaid_since is not null as prepaid,
    array(select ch.channel from (values ('sms', c.phone), ('email', c.email)) ch (channel, address)
      where ch.address is not null and not exists (select from suppression x where x.customer_no = c.customer_no
        and x.channel = ch.channel and x.address = ch.address)) as reachable,
    jsonb_build_object('businessCondition', c.business_condition, 'industry', c.industry, 'supplyArea', c.supply_area,
      'depositFen', c.deposit_fen) as "onFile",
    (select coalesce(jsonb_agg(jsonb_build_object('billNo', b.bill_no, 'period', b.period, 'issuedOn', b.issued_on, 'dueOn', b.due_on,
        'amountFen', b.amount_fen) order by b.issued_on, b.bill_no), '[]') from bill b where b.customer_no = c.customer_no) as bills,
    (select coalesce(jsonb_agg(jsonb_build_object('receivedAt', instant_text(p.received_at), 'amountFen', p.amount_fen)
        order by p.received_at, p.payment_ref), '[]') from payment p where p.customer_no = c.customer_no) as payments
  from customer c order by c.customer_no`;
