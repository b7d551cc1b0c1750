-- An import as it was ordered: how far it is, and what became of it. A dry run leaves no file.
create table import_run (
  id uuid primary key default gen_random_uuid(),
  -- of the order (Idempotency-Key); null while the file still comes in, and for a dry run
  order_id text unique,
  kind text not null check (kind in ('customers', 'bills', 'payments')),
  name text not null,
  actor text not null,
  dry_run boolean not null,
  state text not null default 'receiving' check (state in ('receiving', 'reading', 'done', 'failed', 'broken')),
  -- of what was sent, zipped or not
  bytes int not null default 0,
  sha256 text,
  file_id uuid references import_file (id),
  rows_read int not null default 0,
  rows_taken int not null default 0,
  rows_unchanged int not null default 0,
  rows_rejected int not null default 0,
  taken_fen bigint not null default 0,
  matched int not null default 0,
  unmatched int not null default 0,
  first_imported_at timestamptz(3),
  -- why it failed
  because text,
  started_at timestamptz(3) not null default clock_timestamp(),
  -- of the process at work; one that is silent has died
  beat_at timestamptz(3) not null default clock_timestamp(),
  ended_at timestamptz(3)
);
create index import_run_by_start on import_run (started_at, id);
create index import_run_by_file on import_run (file_id);

-- The file itself while it is worked on: on no disk where a dead process would leave it.
create table import_piece (
  run_id uuid not null references import_run (id) on delete cascade,
  no int not null,
  bytes bytea not null,
  primary key (run_id, no)
);

create table import_reject (
  run_id uuid not null references import_run (id) on delete cascade,
  line int not null,
  "column" text,
  reason text not null,
  raw text not null,
  primary key (run_id, line)
);
