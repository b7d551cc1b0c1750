-- The first schema: the book (customers, bills, payments), the rules as dated rows, and what collection did with them.
-- Instants are timestamptz(3); money is bigint fen; a level is an ordinal severity, 1 gravest.

-- Instants leave the database in one spelling, the one domain/time.ts compares by `<`.
create function instant_text(at timestamptz) returns text language sql stable parallel safe
  return to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

create table import_file (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('customers', 'bills', 'payments')),
  sha256 text not null,
  name text not null,
  rows_read int not null,
  rows_taken int not null,
  rows_unchanged int not null,
  rows_rejected int not null,
  imported_at timestamptz(3) not null default clock_timestamp(),
  unique (kind, sha256)
);

create table customer (
  customer_no text primary key,
  name text not null,
  station text not null,
  category text not null check (category in
    ('residential', 'commercial', 'industrial', 'agricultural', 'dedicated_transformer', 'government', 'school')),
  phone text,
  email text,
  language text not null check (language in ('zh-CN', 'en')),
  collector text,
  industry text,
  business_condition text,
  supply_area text,
  deposit_fen bigint not null default 0 check (deposit_fen >= 0),
  prepaid_since date,
  import_id uuid references import_file (id),
  recorded_at timestamptz(3) not null default clock_timestamp()
);
create index customer_by_station on customer (station, customer_no);

create table bill (
  bill_no text primary key,
  customer_no text not null references customer (customer_no),
  period char(7) not null check (period ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  amount_fen bigint not null,
  issued_on date not null,
  due_on date not null check (due_on >= issued_on),
  closed_as text check (closed_as in ('handedOver', 'writtenOff')),
  closed_at timestamptz(3),
  import_id uuid references import_file (id),
  recorded_at timestamptz(3) not null default clock_timestamp()
);
create index bill_by_customer on bill (customer_no, due_on);
create index bill_by_period on bill (period);

create table payment (
  payment_ref text primary key,
  -- null while no such customer is on the book: kept, shown, matched when the customer arrives
  customer_no text references customer (customer_no),
  given_customer_no text not null,
  amount_fen bigint not null check (amount_fen > 0),
  received_at timestamptz(3) not null,
  channel text not null,
  import_id uuid references import_file (id),
  recorded_at timestamptz(3) not null default clock_timestamp()
);
create index payment_by_customer on payment (customer_no, received_at);
create index payment_unmatched on payment (given_customer_no) where customer_no is null;

create table holiday (
  region text not null default 'CN',
  day date not null,
  kind text not null check (kind in ('holiday', 'makeUpWorkday')),
  name text not null,
  primary key (region, day)
);

-- Policies are data: versioned, dated, with an author. A row never changes; a new version is a new row.
create table policy (
  id text primary key,
  kind text not null check (kind in ('ladder', 'grading')),
  body jsonb not null,
  author text not null,
  effective_from date not null,
  created_at timestamptz(3) not null default clock_timestamp()
);

create table template (
  key text not null,
  channel text not null check (channel in ('sms', 'email')),
  language text not null check (language in ('zh-CN', 'en')),
  version int not null,
  subject text not null default '',
  body text not null,
  html text not null default '',
  author text not null,
  primary key (key, channel, language, version)
);

create table grade (
  id bigserial primary key,
  customer_no text not null references customer (customer_no),
  as_of timestamptz(3) not null,
  level smallint not null check (level between 1 and 3),
  score smallint not null check (score between 0 and 100),
  reasons jsonb not null,
  screened boolean not null default false,
  source text not null check (source in ('graded', 'rise', 'escalation', 'override')),
  policy_id text not null references policy (id)
);
create index grade_by_customer on grade (customer_no, id desc);

create table campaign (
  station text not null,
  period char(7) not null,
  as_of timestamptz(3) not null,
  policy_id text not null references policy (id),
  opened_by text not null,
  started_at timestamptz(3) not null default clock_timestamp(),
  finished_at timestamptz(3),
  primary key (station, period)
);

create table cycle (
  customer_no text not null references customer (customer_no),
  period char(7) not null,
  station text not null,
  level smallint not null check (level between 1 and 3),
  policy_id text not null references policy (id),
  opened_at timestamptz(3) not null,
  outcome text check (outcome in ('paid', 'carriedForward', 'handedOver', 'writtenOff')),
  closed_at timestamptz(3),
  recorded_at timestamptz(3) not null default clock_timestamp(),
  primary key (customer_no, period),
  check ((outcome is null) = (closed_at is null))
);
-- One open cycle per customer (design 4, law 5).
create unique index cycle_open on cycle (customer_no) where outcome is null;
create index cycle_by_station on cycle (station, period);

create table task (
  id uuid primary key default gen_random_uuid(),
  customer_no text not null references customer (customer_no),
  station text not null,
  period char(7),
  bill_no text references bill (bill_no),
  step_key text not null,
  kind text not null check (kind in ('call', 'visit', 'letter', 'review', 'deviceContact', 'deviceVisit',
    'deviceAgreement', 'deviceSigning', 'deviceInstallation', 'deviceTopUp', 'deviceSwitch')),
  assignee text not null,
  why text not null,
  opened_at timestamptz(3) not null,
  due_at timestamptz(3) not null,
  escalated_at timestamptz(3),
  outcome text,
  note text not null default '',
  done_at timestamptz(3),
  done_by text,
  check ((outcome is null) = (done_at is null))
);
create unique index task_once on task (customer_no, coalesce(bill_no, ''), step_key, kind, coalesce(period, ''));
create index task_open on task (station, assignee, due_at) where outcome is null;
create index task_by_customer on task (customer_no);

create table message (
  id uuid primary key default gen_random_uuid(),
  customer_no text not null references customer (customer_no),
  period char(7) not null,
  step_key text not null,
  purpose text not null check (purpose in ('bill', 'reminder', 'demand', 'marketing')),
  channel text not null check (channel in ('sms', 'email')),
  address text not null,
  template_version int not null,
  language text not null,
  subject text not null default '',
  body text not null,
  html text not null default '',
  body_sha256 text not null,
  owed_fen bigint not null,
  penalty_fen bigint not null,
  -- sending: handed or being handed over, outcome not yet known to us. waiting: certainly not taken, to be tried at retry_at.
  status text not null check (status in ('sending', 'waiting', 'accepted', 'undeliverable', 'unknown', 'dropped')),
  provider text not null default '',
  provider_id text,
  detail text not null default '',
  attempts int not null default 0,
  retry_at timestamptz(3),
  sending_at timestamptz(3) not null,
  settled_at timestamptz(3),
  -- the database's own clock at the claim, under the customer's lock: what law 2 is checked against
  claimed_at timestamptz(6) not null default clock_timestamp()
);
create index message_by_customer on message (customer_no, sending_at);
create index message_by_period on message (period, step_key);

-- What the ladder did, or why it did not: one row per bill and step.
create table step (
  bill_no text not null references bill (bill_no),
  step_key text not null,
  customer_no text not null references customer (customer_no),
  period char(7) not null,
  kind text not null,
  status text not null check (status in ('deferred', 'done', 'merged', 'expired', 'skipped')),
  because text[] not null default '{}',
  merged_into text,
  planned_at timestamptz(3) not null,
  at timestamptz(3) not null,
  actor text not null default 'policy',
  primary key (bill_no, step_key)
);
create index step_by_customer on step (customer_no);

-- An intent is unique (design 1.4, law 1).
create table intent (
  bill_no text not null references bill (bill_no),
  step_key text not null,
  channel text not null check (channel in ('sms', 'email')),
  message_id uuid references message (id),
  suppressed_because text,
  at timestamptz(3) not null,
  primary key (bill_no, step_key, channel),
  check ((message_id is null) <> (suppressed_because is null))
);
create index intent_by_message on intent (message_id);

create table suppression (
  customer_no text not null references customer (customer_no),
  channel text not null check (channel in ('sms', 'email')),
  address text not null,
  reason text not null,
  code text not null default '',
  since timestamptz(3) not null,
  primary key (customer_no, channel, address)
);

create table hold (
  id text primary key,
  scope text not null check (scope in ('customer', 'bill', 'station', 'everything')),
  -- the customer, bill or station number; '' for everything
  ref text not null,
  from_at timestamptz(3) not null,
  until_at timestamptz(3) check (until_at > from_at),
  reason text not null,
  placed_by text not null,
  placed_at timestamptz(3) not null,
  released_by text,
  released_at timestamptz(3),
  check ((scope = 'everything') = (ref = ''))
);
create index hold_by_ref on hold (scope, ref);

create table dispute (
  id text primary key,
  bill_no text not null references bill (bill_no),
  customer_no text not null references customer (customer_no),
  reason text not null,
  opened_by text not null,
  opened_at timestamptz(3) not null,
  resolution text check (resolution in ('upheld', 'rejected')),
  resolved_by text,
  resolved_at timestamptz(3)
);
create unique index dispute_open on dispute (bill_no) where resolved_at is null;
create index dispute_by_bill on dispute (bill_no);
create index dispute_by_customer on dispute (customer_no);

-- The days on which a bill was disputed, as domain/allocation.ts reads them: money of those days pays other bills first.
create function dispute_days(no text) returns jsonb language sql stable parallel safe
  return (select coalesce(jsonb_agg(jsonb_build_object('from', (d.opened_at at time zone 'Asia/Shanghai')::date,
    'until', (d.resolved_at at time zone 'Asia/Shanghai')::date)), '[]') from dispute d where d.bill_no = no);

create table promise (
  id text primary key,
  customer_no text not null references customer (customer_no),
  promised_on date not null,
  made_at timestamptz(3) not null,
  made_to text not null,
  -- found by the calendar
  kept boolean,
  settled_at timestamptz(3)
);
create unique index promise_open on promise (customer_no) where kept is null;
create index promise_by_customer on promise (customer_no);

-- What supervisors ordered: a level, or a step now.
create table escalation (
  id text primary key,
  customer_no text not null references customer (customer_no),
  to_level smallint check (to_level between 1 and 3),
  to_step text,
  at timestamptz(3) not null,
  actor text not null,
  reason text not null,
  check ((to_level is null) <> (to_step is null))
);
create index escalation_by_customer on escalation (customer_no);

create table device_case (
  id uuid primary key default gen_random_uuid(),
  customer_no text not null references customer (customer_no),
  stage text not null check (stage in
    ('proposed', 'contacted', 'visited', 'agreed', 'signed', 'installed', 'toppedUp', 'switched', 'refused', 'withdrawn')),
  why text not null,
  opened_at timestamptz(3) not null,
  stage_at timestamptz(3) not null,
  closed_at timestamptz(3),
  reason text not null default '',
  rest_until date,
  -- the clock of the cycle that proposed it, for the run that watches over it
  offset_ms bigint not null default 0
);
create unique index device_case_open on device_case (customer_no) where closed_at is null;
create index device_case_by_customer on device_case (customer_no);

create table penalty (
  bill_no text primary key references bill (bill_no),
  customer_no text not null references customer (customer_no),
  amount_fen bigint not null check (amount_fen >= 0),
  settled_on date not null,
  posted_at timestamptz(3) not null
);
create index penalty_by_customer on penalty (customer_no);

-- Every order by a person, by whatever door it came. The id makes it idempotent.
create table command (
  id text primary key,
  kind text not null,
  customer_no text,
  body jsonb not null,
  actor text not null,
  reason text not null,
  door text not null check (door in ('cli', 'signal', 'api', 'import')),
  refused_because text,
  at timestamptz(3) not null,
  recorded_at timestamptz(3) not null default clock_timestamp()
);
create index command_by_customer on command (customer_no, recorded_at);

-- Signals still to be sent. A lost one is only late: what is true stands in the other tables.
create table nudge (
  id bigserial primary key,
  workflow_id text not null,
  signal text not null check (signal in ('changed', 'pause', 'resume', 'escalate')),
  body jsonb not null default '{}',
  attempts int not null default 0,
  not_before timestamptz(3) not null default clock_timestamp(),
  last_error text not null default ''
);
create index nudge_due on nudge (not_before);

-- The station's clock, as milliseconds ahead of the machine's: 0 in production, otherwise a campaign was opened "as of" another day.
create table business_clock (
  id boolean primary key default true check (id),
  offset_ms bigint not null,
  set_by text not null,
  set_at timestamptz(3) not null default clock_timestamp()
);
