-- A share of the customers has its months opened under another version, so that both can be compared. The id is its approval's.
create table experiment (
  id text primary key references approval (id),
  champion_id text not null references policy (id),
  challenger_id text not null references policy (id),
  share_percent smallint not null check (share_percent between 1 and 50),
  reason text not null,
  requested_by text not null,
  approved_by text not null,
  begun_at timestamptz(3) not null,
  ended_at timestamptz(3),
  end_approved_by text,
  check (champion_id <> challenger_id),
  check ((ended_at is null) = (end_approved_by is null))
);
-- One at a time.
create unique index experiment_running on experiment ((true)) where ended_at is null;

-- In which a month was opened, and on which side; it stays, whatever becomes of either.
alter table cycle add column experiment_id text references experiment (id);
alter table cycle add column arm text check (arm in ('champion', 'challenger'));
alter table cycle add check ((experiment_id is null) = (arm is null));
create index cycle_by_experiment on cycle (experiment_id, arm) where experiment_id is not null;

alter table approval drop constraint approval_kind_check;
alter table approval add constraint approval_kind_check
  check (kind in ('override', 'waiver', 'policyActivation', 'experimentStart', 'experimentEnd'));
