-- What a customer wrote back, kept where it is certain who wrote: the number is of exactly one customer. Otherwise only that a text came.
alter table inbound_message add column customer_no text references customer (customer_no);
alter table inbound_message add column body text not null default '';
create index inbound_message_by_customer on inbound_message (customer_no) where customer_no is not null;
