import type { Sql } from '../../db/client';
import type { Verdicts } from './laws';

type Fault = Readonly<{
  law: keyof Verdicts;
  name: string;
  /** How what is found begins. */
  found: RegExp;
  plant: (sql: Sql) => Promise<unknown>;
}>;

/** Wrong rows that each break one law, for a transaction that is rolled back. They need a book after a campaign. */
export const PLANTED: readonly Fault[] = [
  {
    law: 'law1',
    name: 'a second message for a rung',
    found: /^messages /,
    plant: (sql) => sql.$executeRaw`
        insert into message (id, customer_no, period, step_key, purpose, channel, address, template_version, language, body,
          body_sha256, owed_fen, penalty_fen, status, sending_at, claimed_at)
        select gen_random_uuid(), customer_no, period, step_key, purpose, channel, address, template_version, language, body,
          body_sha256, owed_fen, penalty_fen, status, sending_at, claimed_at
        from message where status = 'accepted' order by id limit 1`,
  },
  {
    law: 'law1',
    name: 'a second intent',
    found: /^intent /,
    plant: async (sql) => {
      await sql.$executeRaw`alter table intent drop constraint intent_pkey`;
      await sql.$executeRaw`insert into intent select * from intent limit 1`;
    },
  },
  {
    law: 'law1',
    name: 'a letter taken that nobody recorded',
    found: /^handed to /,
    plant: (sql) => sql.$executeRaw`
        update message set status = 'dropped' where id = (select min(id::text)::uuid from message where status = 'accepted')`,
  },
  {
    law: 'law2',
    name: 'a message claimed after its debt was paid',
    found: /^message /,
    plant: (sql) => sql.$executeRaw`
        update message set claimed_at = clock_timestamp() where customer_no =
          (select y.customer_no from cycle y join message m using (customer_no) where outcome = 'paid' limit 1)`,
  },
  {
    law: 'law3',
    name: 'a step taken in a hold',
    found: /^step /,
    plant: (sql) => sql.$executeRaw`
        insert into hold (id, scope, ref, from_at, reason, placed_by, placed_at)
        select 'planted', 'customer', customer_no, at, 'planted', 'planted', at from step where status = 'done' limit 1`,
  },
  {
    law: 'law4',
    name: 'a step before its day',
    found: /^rung /,
    plant: (sql) => sql.$executeRaw`
        update step set at = at - interval '2 days' where (bill_no, step_key) in
          (select bill_no, step_key from step where status = 'done' limit 1)`,
  },
  {
    law: 'law4',
    name: 'a notice before its bill is issued, to one who was held',
    found: /^rung /,
    plant: (sql) => sql.$executeRaw`
        update step s set at = issued_on::timestamp at time zone 'Asia/Shanghai' - interval '1 day' from bill b
        where b.bill_no = s.bill_no and s.step_key = 'bill-notice' and s.bill_no =
          (select min(bill_no) from step join hold on scope = 'customer' and ref = customer_no where status = 'done' and step_key = 'bill-notice')`,
  },
  {
    law: 'law4',
    name: 'a mandatory notice that nobody sent',
    found: /^rung /,
    plant: (sql) => sql.$executeRaw`
        update step set status = 'merged' where step_key = 'bill-notice' and bill_no in
          (select bill_no from step where step_key = 'pre-due-1' and status = 'done')`,
  },
  {
    law: 'law4',
    name: 'a hold that did not move the ladder',
    found: /^rung /,
    plant: (sql) => sql.$executeRaw`
        insert into hold (id, scope, ref, from_at, released_at, reason, placed_by, placed_at)
        select 'planted', 'customer', customer_no, at - interval '30 hours', at - interval '1 hour', 'planted', 'planted', at
        from step where status = 'done' and step_key = 'overdue-1' limit 1`,
  },
  {
    law: 'law4',
    name: 'a rung that was left out',
    found: /^left out /,
    plant: (sql) => sql.$executeRaw`
        delete from step where (bill_no, step_key) in (select bill_no, step_key from step join cycle using (customer_no, period)
          where outcome is null and status = 'done' and step_key = 'overdue-1' limit 1)`,
  },
  {
    law: 'law5',
    name: 'a customer without a cycle',
    found: /^cycles /,
    plant: (sql) => sql.$executeRaw`
        delete from cycle where customer_no = (select min(customer_no) from cycle where outcome is null)`,
  },
  {
    law: 'law5',
    name: 'a cycle with nothing to collect',
    found: /^cycles /,
    plant: (sql) => sql.$executeRaw`
        insert into cycle (customer_no, period, station, level, policy_id, opened_at)
        select customer_no, '2026-07', station, 3, 'tabei-v1', now() from customer
        where not exists (select from cycle y where y.customer_no = customer.customer_no) limit 1`,
  },
  {
    law: 'law6',
    name: 'a payment that the reported balance does not know',
    found: /^account /,
    plant: (sql) => sql.$executeRaw`
        insert into payment (payment_ref, customer_no, given_customer_no, amount_fen, received_at, channel)
        select 'planted', min(customer_no), min(customer_no), 1, now(), 'counter' from cycle where outcome is null`,
  },
  {
    law: 'law6',
    name: 'a cycle that says paid and is not',
    found: /^paid /,
    plant: (sql) => sql.$executeRaw`
        update cycle set outcome = 'paid', closed_at = now() where customer_no =
          (select min(customer_no) from cycle where outcome is null)`,
  },
];
