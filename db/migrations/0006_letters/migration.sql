-- Where a collector goes and a letter is served. Null: not on file.
alter table customer add column address text;

-- What is open, in the order in which people work it off.
create index task_by_urgency on task (due_at, id) where outcome is null;
