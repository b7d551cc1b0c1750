-- What a simulation takes for granted besides the book: by what model people pay, and what can be done in a day. Null: as recorded; nothing said.
alter table simulation add column model jsonb, add column capacities jsonb;
