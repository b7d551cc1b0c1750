-- What a version would have done with the book, tried by a worker before two people put it in force.
create table simulation (
  id text primary key,
  kind text not null check (kind in ('ladder', 'grading')),
  -- No reference: a draft may be taken back, and what was tried of it stays.
  policy_id text not null,
  against_id text not null,
  -- The version of the other kind, which stays the same on both sides.
  beside_id text not null,
  from_day date not null,
  to_day date not null check (to_day >= from_day),
  reason text not null,
  actor text not null,
  at timestamptz(3) not null,
  state text not null check (state in ('waiting', 'running', 'finished', 'stopped', 'failed')),
  -- Which worker has it, when it was last heard of by the machine's clock, and how often it was begun.
  taken_by text,
  taken_at timestamptz(3),
  tries smallint not null default 0,
  total integer not null default 0,
  done integer not null default 0,
  ended_by text,
  ended_at timestamptz(3),
  failure text,
  -- Of the version's body as it was tried: a draft may be replaced.
  body_sha256 char(64),
  -- The report, to the letter; its hash is its name.
  document text,
  sha256 char(64),
  page_zh text,
  page_en text,
  check ((state = 'finished') = (document is not null and sha256 is not null and body_sha256 is not null))
);
create index simulation_by_policy on simulation (policy_id, at desc, id desc);
create unique index simulation_under_way on simulation (policy_id) where state in ('waiting', 'running');

-- What one customer would have had more (or less, below 0); only those for whom something differs.
create table simulation_customer (
  simulation_id text not null references simulation (id) on delete cascade,
  customer_no text not null,
  station text not null,
  sms integer not null,
  email integer not null,
  call integer not null,
  visit integer not null,
  letter integer not null,
  review integer not null,
  proposal integer not null,
  cost_fen bigint not null,
  primary key (simulation_id, customer_no)
);
