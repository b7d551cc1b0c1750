-- An audit entry may be completed by the transaction that writes it, and by nobody afterwards: not even by the tables' owner in passing.
create function audit_is_final() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.xmin = pg_current_xact_id()::xid then
    return new;
  end if;
  raise exception 'An audit entry is final: % of command % is refused.', lower(tg_op), old.id using errcode = 'insufficient_privilege';
end $$;
create trigger command_is_final before update or delete on command for each row execute function audit_is_final();
