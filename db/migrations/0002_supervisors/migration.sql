-- Supervisors in command: who may sign in, what needs a second person, orders over many, and what providers and customers answer.

-- A person who works with Tarim, for the stations named or for all. assignee: the name that tasks carry, such as collector:TB01.
create table staff (
  username text primary key check (username ~ '^[a-z0-9][a-z0-9._@-]{0,63}$'),
  name text not null,
  role text not null check (role in ('clerk', 'collector', 'supervisor', 'administrator', 'auditor')),
  all_stations boolean not null default false,
  stations text[] not null default '{}',
  assignee text,
  -- null: signs in through the identity provider only
  password_hash text,
  oidc_subject text unique,
  disabled_at timestamptz(3),
  created_by text not null,
  created_at timestamptz(3) not null default clock_timestamp()
);

-- The cookie holds a random token; here is only its hash, so that a copy of this table opens nothing.
create table session (
  token_sha256 text primary key,
  username text not null references staff (username) on delete cascade,
  created_at timestamptz(3) not null default clock_timestamp(),
  last_seen_at timestamptz(3) not null default clock_timestamp(),
  expires_at timestamptz(3) not null
);
create index session_by_user on session (username);

create table api_token (
  id text primary key,
  secret_sha256 text not null,
  username text not null references staff (username) on delete cascade,
  name text not null,
  -- permissions that it may use of those its person has; '*': all
  scopes text[] not null,
  created_at timestamptz(3) not null default clock_timestamp(),
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  last_used_at timestamptz(3)
);
create index api_token_by_user on api_token (username);

-- Failed sign-ins, counted for a name and for an address, in one place for all servers.
create table sign_in_failure (
  key text primary key,
  failures int not null,
  last_at timestamptz(3) not null,
  locked_until timestamptz(3)
);

-- A sign-in under way at the identity provider.
create table oidc_attempt (
  state_sha256 text primary key,
  verifier text not null,
  nonce text not null,
  return_to text not null,
  expires_at timestamptz(3) not null
);

-- What needs a second person (design 5). The body is what will be done when it is approved.
create table approval (
  id text primary key,
  kind text not null check (kind in ('override', 'waiver', 'policyActivation')),
  customer_no text references customer (customer_no),
  body jsonb not null,
  reason text not null,
  requested_by text not null,
  requested_at timestamptz(3) not null,
  decision text check (decision in ('approved', 'rejected', 'withdrawn')),
  decided_by text,
  decided_at timestamptz(3),
  decision_reason text not null default '',
  check ((decision is null) = (decided_at is null)),
  check (decision is distinct from 'approved' or decided_by <> requested_by)
);
create index approval_open on approval (requested_at) where decision is null;
create index approval_by_customer on approval (customer_no);

-- A level that people decided on against the points, until a day. The id is its approval's.
create table grade_override (
  id text primary key references approval (id),
  customer_no text not null references customer (customer_no),
  level smallint not null check (level between 1 and 3),
  from_at timestamptz(3) not null,
  until_at timestamptz(3) not null check (until_at > from_at),
  ended_at timestamptz(3),
  ended_by text
);
create index grade_override_by_customer on grade_override (customer_no);

-- Penalty that is not asked for, by decision of two people. The id is its approval's.
create table waiver (
  id text primary key references approval (id),
  customer_no text not null references customer (customer_no),
  bill_no text not null references bill (bill_no),
  amount_fen bigint not null check (amount_fen > 0),
  at timestamptz(3) not null
);
create index waiver_by_customer on waiver (customer_no);

-- A draft is on file and in force nowhere; what was shipped or activated is.
alter table policy add column activated_at timestamptz(3);
alter table policy add column activated_by text;
update policy set activated_at = created_at, activated_by = author;

-- One order over many customers: counted first, carried out page by page, stopped at will.
create table bulk_order (
  id text primary key,
  kind text not null check (kind in ('hold', 'release')),
  filter jsonb not null,
  body jsonb not null,
  reason text not null,
  actor text not null,
  at timestamptz(3) not null,
  total int not null,
  done int not null default 0,
  refused int not null default 0,
  -- where a restart goes on: the last customer that was ordered over
  after text not null default '',
  state text not null check (state in ('running', 'stopped', 'finished')),
  ended_by text,
  ended_at timestamptz(3)
);
create index bulk_order_running on bulk_order (id) where state = 'running';

-- What the provider says became of a message after it took it; later words of a lower rank change nothing.
alter table message add column receipt text check (receipt in ('queued', 'sent', 'delivered', 'undelivered'));
alter table message add column receipt_code text not null default '';
alter table message add column receipt_at timestamptz(3);
create index message_by_provider_id on message (provider_id) where provider_id is not null;
create index message_by_sending on message (sending_at desc, id);

-- A text message that came in. The provider's id makes a replay harmless.
create table inbound_message (
  provider_id text primary key,
  address text not null,
  word text not null check (word in ('stop', 'start', 'other')),
  received_at timestamptz(3) not null
);

-- Wants no offers of the device by mail or text. Bills, reminders and demands are not offers.
create table offer_refusal (
  customer_no text primary key references customer (customer_no),
  at timestamptz(3) not null,
  door text not null check (door in ('link', 'staff'))
);

-- The order log is the audit log: signing in, users, tokens, imports and callbacks stand in it too.
alter table command drop constraint command_door_check;
alter table command add constraint command_door_check check (door in ('cli', 'signal', 'api', 'import', 'callback', 'system'));
alter table command add column station text;
alter table command add column request_id text;
create index command_by_time on command (recorded_at desc, id);

-- Lists page by key.
create index customer_by_name on customer (name text_pattern_ops);
create index customer_by_phone on customer (phone) where phone is not null;
create index bill_by_due on bill (due_on, bill_no);
create index payment_by_time on payment (received_at desc, payment_ref);
create index cycle_by_opening on cycle (opened_at desc, customer_no);
create index task_by_due on task (due_at, id);
