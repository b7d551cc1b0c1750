import type { Column, ImportKind, Kind } from './import-kinds';
import { kinds } from './import-kinds';

/**
 * The statements of one import, over `incoming`, which holds a line of the file a row: its values, or why it was
 * rejected. All run in one transaction that holds the locks below, so nobody else adds a key or a customer meanwhile.
 */
export type Statements = Readonly<{
  stage: string;
  copyIn: string;
  /** In this order, between staging and counting. */
  judge: readonly string[];
  insert: string;
  conflicts: string;
  count: string;
  copyRejectsOut: string;
  nudge: string | null;
  analyze: string;
}>;

export function statementsFor(kind: ImportKind, present: readonly Column[]): Statements {
  const { table, columns }: Kind = kinds[kind];
  const [{ column: key }] = columns;
  const names = present.map(({ column }) => column);
  return {
    stage: `create temp table incoming (line int not null, raw text not null, rejected_column text, reason text,
      ${present.map(({ column, type }) => `${column} ${type}`).join(', ')}) on commit drop`,
    copyIn: `copy incoming (line, raw, rejected_column, reason, ${names.join(', ')}) from stdin`,
    judge: [
      'analyze incoming',
      ...(kind === 'bills' ? [UNKNOWN_CUSTOMERS] : []),
      ...(kind === 'payments' ? [LOCK_PAYERS] : []),
      `create temp table known on commit drop as
        select t.${key} from ${table} t join (select distinct ${key} from incoming where reason is null) i using (${key})`,
      'analyze known',
    ],
    insert: insertInto(kind, table, key, names),
    conflicts: conflictsWith(table, key, names),
    count: countBy(kind, key),
    copyRejectsOut: `copy (select line, nullif(rejected_column, '') as "column", reason, raw from incoming
      where reason is not null order by line) to stdout (format csv, header)`,
    nudge: kind === 'customers' ? null : nudgeCycles(key, customerColumn(kind)),
    analyze: `analyze ${table}`,
  };
}

const customerColumn = (kind: ImportKind): string =>
  kind === 'payments' ? 'given_customer_no' : 'customer_no';

const UNKNOWN_CUSTOMERS = `update incoming i set rejected_column = 'customer_no', reason = 'no such customer on the book'
  where reason is null and not exists (select from customer c where c.customer_no = i.customer_no and c.erased_at is null)`;

/**
 * Before any payment's `recorded_at` is taken, so that it is after every message that was claimed without seeing the payment: law 2 is
 * checked by it. The foreign key would lock only with the insert.
 */
const LOCK_PAYERS = `select count(*) from (select from customer
  where customer_no in (select given_customer_no from incoming where reason is null)
  order by customer_no for key share) payers`;

/** By customer, which is the order in which everybody locks customers. A payment of nobody we know is kept without one. */
function insertInto(kind: ImportKind, table: string, key: string, names: string[]): string {
  const owner = kind === 'payments' ? { into: ', customer_no', from: ', c.customer_no' } : null;
  const join = owner ? 'left join customer c on c.customer_no = i.given_customer_no' : '';
  return `insert into ${table} (import_id, ${names.join(', ')}${owner?.into ?? ''})
    select $1::uuid, ${names.map((name) => `i.${name}`).join(', ')}${owner?.from ?? ''}
    from (select distinct on (${key}) * from incoming where reason is null order by ${key}, line) i ${join}
    order by i.${customerColumn(kind)}
    on conflict (${key}) do nothing`;
}

/** What stands in the book under the key is not what this row says. The book may have got it from an earlier line. */
function conflictsWith(table: string, key: string, names: string[]): string {
  const of = (alias: string) => names.map((name) => `${alias}.${name}`).join(', ');
  return `update incoming i set rejected_column = '${key}', reason = case
      when exists (select from known k where k.${key} = i.${key}) then 'conflict: the book has it with other content'
      else 'conflict: an earlier line of this file has it with other content' end
    from ${table} t where i.reason is null and t.${key} = i.${key} and (${of('i')}) is distinct from (${of('t')})`;
}

/** Each verdict is counted by itself, so that their sum can be checked against the rows. */
function countBy(kind: ImportKind, key: string): string {
  const taken = 'filter (where reason is null and not known and nth = 1)';
  const unmatched = `count(*) filter (where reason is null and not known and nth = 1
    and not exists (select from customer c where c.customer_no = given_customer_no))`;
  return `select count(*)::int as read, count(*) ${taken}::int as taken,
      count(*) filter (where reason is null and (known or nth > 1))::int as unchanged,
      count(*) filter (where reason is not null)::int as rejected,
      ${kind === 'customers' ? '0' : `coalesce(sum(amount_fen) ${taken}, 0)`}::text as taken_fen,
      ${kind === 'payments' ? unmatched : '0'}::int as unmatched
    from (select i.*, k.${key} is not null as known,
        row_number() over (partition by i.${key}, i.reason is null order by i.line) as nth
      from incoming i left join known k using (${key})) judged`;
}

/** Cycles whose customer's debt has just changed. Nudges that wait already may be on their way: they do not count. */
const nudgeCycles = (key: string, customer: string): string =>
  `insert into nudge (workflow_id, signal)
    select 'cycle/' || customer_no || '/' || period, 'changed' from cycle
    where outcome is null and customer_no in (select i.${customer} from incoming i
      where i.reason is null and not exists (select from known k where k.${key} = i.${key}))`;

/** Gives payments that came before their customer to the customer, and wakes the customer's open cycle. */
export const MATCH_UNMATCHED = `
  with matched as (
    update payment p set customer_no = c.customer_no from customer c
    where p.customer_no is null and c.customer_no = p.given_customer_no
    returning p.customer_no),
  nudged as (
    insert into nudge (workflow_id, signal)
    select 'cycle/' || customer_no || '/' || period, 'changed' from cycle
    where outcome is null and customer_no in (select customer_no from matched))
  select count(*)::int as matched from matched`;

const LOCK_SPACE = 7_305_002;
const lockOf = { customers: 1, bills: 2, payments: 3 } as const;

/**
 * Two imports of a kind do not race; and while one brings customers, nobody else may find out that a customer is
 * unknown, for it would not be true any more when they commit. Customers first, which is the order for everybody.
 */
export function locksFor(kind: ImportKind): string[] {
  const exclusive = `select pg_advisory_xact_lock(${LOCK_SPACE}, ${lockOf[kind]})`;
  return kind === 'customers' ? [exclusive] : [SHARE_CUSTOMERS, exclusive];
}

const shared = (kind: ImportKind): string =>
  `select pg_advisory_xact_lock_shared(${LOCK_SPACE}, ${lockOf[kind]})`;
const SHARE_CUSTOMERS = shared('customers');

/** What one who records a single payment holds: side by side with others, but not with an import. */
export const PAYMENT_LOCKS = `select pg_advisory_xact_lock_shared(${LOCK_SPACE}, ${lockOf.customers}), pg_advisory_xact_lock_shared(${LOCK_SPACE}, ${lockOf.payments})`;
