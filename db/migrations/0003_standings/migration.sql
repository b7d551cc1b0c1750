-- What every list asks of every customer, kept so that 30,000 of them are a page in milliseconds. Nothing decides by it: the ladder, the
-- messages and the balances read bills and payments. It is brought up to date before it is read (db/standings.ts).
create table customer_standing (
  customer_no text primary key references customer (customer_no) on delete cascade,
  owed_fen bigint not null,
  credit_fen bigint not null,
  -- law 6: billed_fen + credit_fen = credited_fen + paid_fen + owed_fen + closed_fen
  billed_fen bigint not null,
  -- bills below zero, as a positive amount
  credited_fen bigint not null,
  paid_fen bigint not null,
  -- open of bills handed over or written off
  closed_fen bigint not null,
  -- of the oldest bill that is not paid; null when nothing is owed
  oldest_due_on date,
  receivable_fen bigint not null,
  received_fen bigint not null,
  prior_receivable_fen bigint not null,
  prior_received_fen bigint not null,
  as_of timestamptz(3) not null,
  -- when the passing of time alone makes the row another: a bill or payment dated later, or New Year
  changes_at timestamptz(3) not null
);
create index customer_standing_by_change on customer_standing (changes_at);
create index customer_standing_by_debt on customer_standing (owed_fen desc, customer_no);
create index customer_standing_by_age on customer_standing (oldest_due_on, customer_no);

-- How far each positive bill is paid, by the one rule of allocation, and on which days: what the month's curve is made of.
create table bill_standing (
  bill_no text primary key references bill (bill_no) on delete cascade,
  period char(7) not null,
  amount_fen bigint not null,
  outstanding_fen bigint not null,
  -- [{"on": day, "amountFen": fen}]
  paid jsonb not null
);
create index bill_standing_by_period on bill_standing (period);

-- What the ladder will do next for each open month, as it was when last looked at: tomorrow's workload is counted from it.
create table planned_step (
  customer_no text primary key references customer (customer_no) on delete cascade,
  -- null: nothing before something changes
  at timestamptz(3),
  kind text not null,
  channels text[] not null,
  tasks text[] not null,
  as_of timestamptz(3) not null
);
create index planned_step_by_time on planned_step (at);

-- Whose row is out of date: written in the transaction that made it so. Rows only come and go, so nobody waits for anybody.
create table standing_stale (
  id bigserial primary key,
  customer_no text not null
);

create function standing_is_stale() returns trigger language plpgsql as $$
begin
  insert into standing_stale (customer_no) select distinct customer_no from touched where customer_no is not null;
  return null;
end $$;
create trigger bill_added after insert on bill referencing new table as touched for each statement execute function standing_is_stale();
create trigger bill_changed after update on bill referencing new table as touched for each statement execute function standing_is_stale();
create trigger bill_gone after delete on bill referencing old table as touched for each statement execute function standing_is_stale();
create trigger payment_added after insert on payment referencing new table as touched for each statement execute function standing_is_stale();
create trigger payment_changed after update on payment referencing new table as touched for each statement execute function standing_is_stale();
create trigger payment_gone after delete on payment referencing old table as touched for each statement execute function standing_is_stale();
create trigger dispute_added after insert on dispute referencing new table as touched for each statement execute function standing_is_stale();
create trigger dispute_changed after update on dispute referencing new table as touched for each statement execute function standing_is_stale();

insert into standing_stale (customer_no) select distinct customer_no from bill;

-- Where a customer stands on its ladder is its last step.
create index step_by_time on step (customer_no, at desc) where status = 'done';
