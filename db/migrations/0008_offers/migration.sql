-- The letter that offers the prepaid device goes out when a person orders it, once for a proposal, and each one tells how to end such letters.
alter table message add column unsubscribe_url text;
alter table message add constraint marketing_can_be_ended check (purpose <> 'marketing' or unsubscribe_url is not null);
create unique index offer_once on message (step_key) where purpose = 'marketing';

-- Who wants no offers. It ends nothing but offers: bills, reminders and demands go out as before.
create table offer_opt_out (
  customer_no text primary key references customer (customer_no),
  since timestamptz(3) not null,
  told_by text not null
);
