import { whyKept, type Loose } from '../domain/erasure';
import { dateOf, periodOf, type Instant } from '../domain/time';
import type { Db, Sql } from './client';
import { applied, command, refused, type CommandResult, type Order } from './commands';
import { loadAccounts } from './facts';
import { Prisma } from './generated/client';
import { freshenStandings } from './standings';
import { within, type Stations } from './within';

/** What stands where a name stood. */
const GONE = '〔已删除〕';

/** The last day on which anything happened with `c`, a row of customer. */
const LAST_ON = Prisma.sql`to_char(greatest(
  (select max(b.due_on) from bill b where b.customer_no = c.customer_no),
  (select max(p.received_at at time zone 'Asia/Shanghai')::date from payment p where p.customer_no = c.customer_no),
  (select max(m.sending_at at time zone 'Asia/Shanghai')::date from message m where m.customer_no = c.customer_no)), 'YYYY-MM-DD')`;

/**
 * Takes away what is personal about a customer: name, phone, mail and postal address, what was written to it and by it, and notes of tasks.
 * The number, bills, payments, steps, when what was sent and the hash of its text stay, as do orders and their reasons. Idempotent by the
 * order's id; refused with a sentence while anything is owed or open, or the limitation of action runs.
 */
export function eraseCustomer(db: Db, order: Order, customerNo: string): Promise<CommandResult> {
  const entry = { kind: 'erase', customerNo, body: {} };
  return command(db, order, entry, async (tx) => {
    const [row] = await tx.$queryRaw<{ erased: boolean }[]>`
      select erased_at is not null as erased from customer where customer_no = ${customerNo}`;
    if (row?.erased === true) return refused(`Customer ${customerNo} is erased already.`);
    const because = await whyNot(tx, customerNo, order.at);
    if (because !== null) return refused(because);
    await erase(tx, customerNo, order.at);
    return applied;
  });
}

async function whyNot(tx: Sql, customerNo: string, at: Instant): Promise<string | null> {
  const [account] = await loadAccounts(tx, [customerNo], periodOf(dateOf(at)), at);
  const [loose] = await tx.$queryRaw<Loose[]>`
    select exists (select from cycle y where y.customer_no = ${customerNo} and y.outcome is null) as "openCycle",
      (select count(*)::int from task t where t.customer_no = ${customerNo} and t.outcome is null) as "openTasks",
      (select count(*)::int from dispute d where d.customer_no = ${customerNo} and d.resolved_at is null) as "openDisputes",
      exists (select from device_case k where k.customer_no = ${customerNo} and k.closed_at is null) as "openCase",
      ${LAST_ON} as "lastOn" from customer c where c.customer_no = ${customerNo}`;
  return account === undefined || loose === undefined
    ? `There is no customer ${customerNo}.`
    : whyKept(account.facts, loose, at);
}

const erase = (tx: Sql, customerNo: string, at: Instant): Promise<number> => tx.$executeRaw`
  with
  written as (update message set address = '', subject = '', body = '', html = '', detail = '' where customer_no = ${customerNo}),
  answered as (update inbound_message set address = '', body = '' where customer_no = ${customerNo}),
  addresses as (delete from suppression where customer_no = ${customerNo}),
  notes as (update task set note = '' where customer_no = ${customerNo} and note <> '')
  update customer set name = ${GONE}, phone = null, email = null, address = null, erased_at = ${at}::timestamptz
  where customer_no = ${customerNo}`;

export type Erasable = Readonly<{ customerNo: string; station: string; lastOn: string | null }>;

/** Who may be erased by all that can be told at a glance, by number: nothing owed or open, and nothing happened for the limitation's time. */
export async function listErasable(
  db: Db,
  {
    stations,
    asOf,
    after,
    limit,
  }: Readonly<{ stations: Stations; asOf: Instant; after: string; limit: number }>,
): Promise<Erasable[]> {
  await freshenStandings(db, asOf);
  return db.$queryRaw`
    select * from (
      select c.customer_no as "customerNo", c.station, ${LAST_ON} as "lastOn" from customer c
      join customer_standing s using (customer_no)
      where c.erased_at is null and c.customer_no > ${after} and ${within(stations)}
        and s.owed_fen = 0 and s.credit_fen = 0
        and not exists (select from cycle y where y.customer_no = c.customer_no and y.outcome is null)
        and not exists (select from task t where t.customer_no = c.customer_no and t.outcome is null)
        and not exists (select from dispute d where d.customer_no = c.customer_no and d.resolved_at is null)
        and not exists (select from device_case k where k.customer_no = c.customer_no and k.closed_at is null)
    ) one
    where ("lastOn"::date + interval '36 months')::date <= ${dateOf(asOf)}::date
    order by "customerNo" limit ${limit}`;
}
