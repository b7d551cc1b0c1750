import type { Facts } from '../domain/facts';
import { levelOfBill, NEWCOMER } from '../domain/opening';
import type { Category, Level } from '../domain/policy';
import type { Instant, Period } from '../domain/time';
import { dateOf } from '../domain/time';
import type { Sql } from './client';
import { Prisma } from './generated/client';
import { LOOK_UP_AFTER_MS } from './messages';

/** A customer as the ladder and the grading see it, and what a message needs besides. */
export type Account = Readonly<{
  facts: Facts;
  /** Null while no cycle of this period was opened. */
  policyId: string | null;
  customer: CustomerRow;
  lastGrade: Readonly<{ level: Level; source: string }> | null;
  openCycle: Period | null;
}>;

export type CustomerRow = Readonly<{
  customerNo: string;
  name: string;
  station: string;
  category: Category;
  phone: string | null;
  email: string | null;
  address: string | null;
  language: 'zh-CN' | 'en';
  collector: string | null;
  industry: string | null;
  businessCondition: string | null;
  supplyArea: string | null;
  depositFen: number;
}>;

type Row = Readonly<{ customer: CustomerRow; cycle: CycleRow | null } & Lists>;
type CycleRow = Readonly<{
  level: Level;
  policyId: string;
  openedAt: Instant;
  outcome: Facts['outcome'];
}>;
type Lists = Readonly<{
  bills: readonly (Omit<Facts['bills'][number], 'level'> & { level: Level | null })[];
  payments: Facts['payments'];
  steps: Facts['steps'];
  messagesAt: Facts['messagesAt'];
  undelivered: Facts['undelivered'];
  reachable: Facts['reachable'];
  stillnesses: Facts['stillnesses'];
  promises: Facts['promises'];
  tasks: Facts['tasks'];
  orders: Facts['orders'];
  waivers: Facts['waivers'];
  device: Facts['device'];
  lastGrade: Account['lastGrade'];
  openCycle: Period | null;
}>;

/** Who wants no offers rests from proposals until further notice. */
const NEVER = '9999-12-31';

/**
 * What is known at `asOf` of the customers named, in one statement; a customer who is not on the book is left out. A payment counts
 * when it was received by then, or when it was recorded after the cycle was opened: so a campaign opened as of a past day does not
 * see that day's future, and no clock can make a payment that has just been committed invisible (law 2).
 */
export async function loadAccounts(
  sql: Sql,
  customerNos: readonly string[],
  period: Period,
  asOf: Instant,
): Promise<Account[]> {
  const rows = await sql.$queryRaw<Row[]>`
    select
      jsonb_build_object('customerNo', c.customer_no, 'name', c.name, 'station', c.station, 'category', c.category,
        'phone', c.phone, 'email', c.email, 'address', c.address, 'language', c.language, 'collector', c.collector, 'industry', c.industry,
        'businessCondition', c.business_condition, 'supplyArea', c.supply_area, 'depositFen', c.deposit_fen) as customer,
      case when cy.period is null then null else jsonb_build_object('level', cy.level, 'policyId', cy.policy_id,
        'openedAt', instant_text(cy.opened_at), 'outcome', cy.outcome) end as cycle,
      (select coalesce(jsonb_agg(jsonb_build_object('billNo', b.bill_no, 'period', b.period, 'issuedOn', b.issued_on,
          'dueOn', b.due_on, 'amountFen', b.amount_fen, 'closedAs', b.closed_as, 'disputed', dispute_days(b.bill_no), 'level',
          (select found.level from cycle found where found.customer_no = b.customer_no and found.period >= b.period
            order by found.period limit 1))), '[]')
        from bill b where b.customer_no = c.customer_no and b.issued_on <= ${dateOf(asOf)}::date) as bills,
      (select coalesce(jsonb_agg(jsonb_build_object('amountFen', p.amount_fen,
          'receivedAt', instant_text(least(p.received_at, ${asOf}::timestamptz)))), '[]')
        from payment p where p.customer_no = c.customer_no
          and (p.received_at <= ${asOf}::timestamptz or p.recorded_at > cy.recorded_at)) as payments,
      (select coalesce(jsonb_agg(jsonb_build_object('billNo', s.bill_no, 'stepKey', s.step_key, 'kind', s.kind,
          'status', s.status, 'at', instant_text(s.at))), '[]')
        from step s where s.customer_no = c.customer_no) as steps,
      (select coalesce(jsonb_agg(distinct instant_text(m.sending_at)), '[]') from message m
        where m.customer_no = c.customer_no and m.sending_at > ${asOf}::timestamptz - interval '7 days'
          and (m.purpose <> 'marketing' or m.status not in ('waiting', 'dropped'))) as "messagesAt",
      (select coalesce(jsonb_agg(jsonb_build_object('messageId', m.id, 'status', m.status,
          'retryAt', instant_text(coalesce(m.retry_at, m.sending_at + ${LOOK_UP_AFTER_MS} * interval '1 millisecond')))), '[]')
        from message m where m.customer_no = c.customer_no and m.period = ${period}
          and m.status in ('sending', 'waiting') and m.purpose <> 'marketing') as undelivered,
      (select coalesce(jsonb_agg(ch.channel), '[]') from (values ('sms', c.phone), ('email', c.email)) ch (channel, address)
        where ch.address is not null and not exists (select from suppression x where x.customer_no = c.customer_no
          and x.channel = ch.channel and x.address = ch.address)) as reachable,
      ${stillnesses},
      (select coalesce(jsonb_agg(jsonb_build_object('id', pr.id, 'madeAt', instant_text(pr.made_at),
          'promisedOn', pr.promised_on, 'kept', pr.kept)), '[]')
        from promise pr where pr.customer_no = c.customer_no) as promises,
      (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'givenAt', instant_text(t.opened_at), 'dueAt', instant_text(t.due_at),
          'escalated', t.escalated_at is not null)), '[]')
        from task t where t.customer_no = c.customer_no and t.outcome is null and t.kind not like 'device%') as tasks,
      (select coalesce(jsonb_agg(jsonb_build_object('toLevel', e.to_level, 'toStep', e.to_step, 'at', instant_text(e.at))), '[]')
        from escalation e where e.customer_no = c.customer_no) as orders,
      (select coalesce(jsonb_agg(jsonb_build_object('billNo', w.bill_no, 'amountFen', w.amount_fen)), '[]')
        from waiver w where w.customer_no = c.customer_no) as waivers,
      jsonb_build_object('prepaid', c.prepaid_since is not null,
        'caseOpen', exists (select from device_case dc where dc.customer_no = c.customer_no and dc.closed_at is null),
        'restUntil', case when exists (select from offer_opt_out o where o.customer_no = c.customer_no) then ${NEVER}::date
          else (select max(dc.rest_until) from device_case dc where dc.customer_no = c.customer_no) end) as device,
      (select jsonb_build_object('level', g.level, 'source', g.source) from grade g
        where g.customer_no = c.customer_no order by g.id desc limit 1) as "lastGrade",
      (select o.period from cycle o where o.customer_no = c.customer_no and o.outcome is null) as "openCycle"
    from customer c left join cycle cy on cy.customer_no = c.customer_no and cy.period = ${period}
    where c.customer_no = any(${customerNos as string[]})
    order by c.customer_no`;
  return rows.map((row) => toAccount(row, period, asOf));
}

/** Holds over the customer, its station, its bills or everything, and disputes of its bills. */
const stillnesses = Prisma.sql`(select coalesce(jsonb_agg(jsonb_build_object('billNo', still.bill_no, 'from', instant_text(still.from_at),
          'until', instant_text(still.until_at))), '[]')
        from (
          select case h.scope when 'bill' then h.ref end as bill_no, h.from_at,
            least(h.until_at, h.released_at) as until_at
          from hold h where (h.scope, h.ref) in (('customer', c.customer_no), ('station', c.station), ('everything', ''))
            or (h.scope = 'bill' and h.ref in (select bill_no from bill where customer_no = c.customer_no))
          union all
          select d.bill_no, d.opened_at, d.resolved_at from dispute d where d.customer_no = c.customer_no
        ) still) as stillnesses`;

function toAccount(row: Row, period: Period, asOf: Instant): Account {
  const { customer, cycle, lastGrade, openCycle, bills, ...lists } = row;
  const opened = cycle ?? { level: null, policyId: null, openedAt: asOf, outcome: null };
  const level = lastGrade?.level ?? opened.level ?? NEWCOMER;
  const facts: Facts = {
    ...lists,
    customerNo: customer.customerNo,
    category: customer.category,
    level,
    period,
    openedAt: opened.openedAt,
    outcome: opened.outcome,
    bills: bills.map((bill) => ({
      ...bill,
      level: levelOfBill(bill.level, opened.level, level),
    })),
  };
  return { facts, policyId: opened.policyId, customer, lastGrade, openCycle };
}

/**
 * Locks the customer for the rest of the transaction and loads what is known. Payments, bills and commands about the customer
 * wait, or are waited for. Null when the customer is not on the book.
 */
export async function lockAccount(
  sql: Sql,
  customerNo: string,
  period: Period,
  asOf: Instant,
): Promise<Account | null> {
  await sql.$queryRaw`select from customer where customer_no = ${customerNo} for update`;
  const [account] = await loadAccounts(sql, [customerNo], period, asOf);
  return account ?? null;
}
