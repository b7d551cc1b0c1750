-- A month that runs may be moved to another version of the ladder, by a bulk order that may wait for its day.
alter table bulk_order drop constraint bulk_order_kind_check;
alter table bulk_order add constraint bulk_order_kind_check check (kind in ('hold', 'release', 'migrate'));
-- It is not begun before then.
alter table bulk_order add column begins_at timestamptz(3);

-- What a month was pinned to before. The row of the month has what it is pinned to now.
create table cycle_migration (
  customer_no text not null,
  period char(7) not null,
  order_id text not null,
  from_policy text not null references policy (id),
  to_policy text not null references policy (id),
  at timestamptz(3) not null,
  actor text not null,
  primary key (customer_no, period, order_id),
  foreign key (customer_no, period) references cycle (customer_no, period)
);
