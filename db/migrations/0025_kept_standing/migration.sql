-- What every list tells of a customer stands in his row and his month's, or each of 30,000 is looked up in the grades and the steps for one page.
alter table customer
  add column latest_level smallint check (latest_level between 1 and 3),
  add column latest_screened boolean not null default false;
alter table cycle add column ladder_stage text not null default 'opened';

-- Of the latest grade. In the order of their numbers, so that no two wait for each other.
create function keep_level() returns trigger language plpgsql as $$
begin
  perform from customer where customer_no in (select customer_no from fresh) order by customer_no for no key update;
  update customer c set latest_level = g.level, latest_screened = g.screened
  from (select distinct on (customer_no) customer_no, level, screened from fresh order by customer_no, id desc) g
  where c.customer_no = g.customer_no;
  return null;
end $$;
create trigger level_kept after insert on grade
  referencing new table as fresh for each statement execute function keep_level();

-- The kind of the last step that was taken while the month is open.
create function keep_stage() returns trigger language plpgsql as $$
begin
  update cycle y set ladder_stage = s.kind
  from (select distinct on (customer_no) customer_no, kind from fresh where status = 'done' order by customer_no, at desc) s
  where y.customer_no = s.customer_no and y.outcome is null;
  return null;
end $$;
create trigger stage_kept after insert on step
  referencing new table as fresh for each statement execute function keep_stage();
create trigger stage_kept_deferred after update on step
  referencing new table as fresh for each statement execute function keep_stage();

update customer c set latest_level = g.level, latest_screened = g.screened
from (select distinct on (customer_no) customer_no, level, screened from grade order by customer_no, id desc) g
where c.customer_no = g.customer_no;
update cycle y set ladder_stage = s.kind
from (select distinct on (customer_no) customer_no, kind from step where status = 'done' order by customer_no, at desc) s
where y.customer_no = s.customer_no and y.outcome is null;

create index device_case_by_time on device_case (opened_at desc, id desc);
