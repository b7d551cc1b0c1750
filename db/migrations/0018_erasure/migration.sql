-- A customer of whom nothing personal is kept any more: the number, the money and what was done stay.
alter table customer add column erased_at timestamptz(3);
