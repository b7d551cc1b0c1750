import type { Role } from '../domain/permissions';
import type { Instant } from '../domain/time';
import type { Db, Sql } from './client';
import { applied, command, refused, type CommandResult, type Order } from './commands';
import { forgetFailures } from './sign-in-failures';

/** A person as everybody who may read users sees them: never with the hash. */
export type StaffRow = Readonly<{
  username: string;
  name: string;
  role: Role;
  /** Null: all. */
  stations: readonly string[] | null;
  assignee: string | null;
  disabledAt: Instant | null;
  hasPassword: boolean;
  oidcSubject: string | null;
  createdBy: string;
  createdAt: Instant;
}>;
/** What an administrator decides about a person. */
export type Person = Pick<StaffRow, 'username' | 'name' | 'role' | 'stations' | 'assignee'>;
export type Changes = Partial<
  Pick<StaffRow, 'name' | 'role' | 'stations' | 'assignee' | 'oidcSubject'> & { disabled: boolean }
>;

/** Users by name, after the one given. Reads only. */
export const listStaff = (
  sql: Sql,
  { after, limit }: Readonly<{ after: string; limit: number }>,
): Promise<StaffRow[]> =>
  sql.$queryRaw`
    select username, name, role, case when all_stations then null else stations end as stations, assignee,
      instant_text(disabled_at) as "disabledAt", password_hash is not null as "hasPassword", oidc_subject as "oidcSubject",
      created_by as "createdBy", instant_text(created_at) as "createdAt"
    from staff where username > ${after} order by username limit ${limit}`;

/** One user; null when there is none of that name. Reads only. */
export async function findStaff(sql: Sql, username: string): Promise<StaffRow | null> {
  const [row] = await sql.$queryRaw<StaffRow[]>`
    select username, name, role, case when all_stations then null else stations end as stations, assignee,
      instant_text(disabled_at) as "disabledAt", password_hash is not null as "hasPassword", oidc_subject as "oidcSubject",
      created_by as "createdBy", instant_text(created_at) as "createdAt"
    from staff where username = ${username}`;
  return row ?? null;
}

/** What a password is checked against; nobody else reads the hash. Null: there is none of that name. */
export async function credentialsOf(
  sql: Sql,
  username: string,
): Promise<Readonly<{ passwordHash: string | null; disabled: boolean }> | null> {
  const [row] = await sql.$queryRaw<{ passwordHash: string | null; disabled: boolean }[]>`
    select password_hash as "passwordHash", disabled_at is not null as disabled from staff where username = ${username}`;
  return row ?? null;
}

/** Replaces a hash by one of the same password that costs more; not if the password was changed meanwhile. Safe to repeat. */
export async function renewHash(
  sql: Sql,
  { username, from, to }: Readonly<{ username: string; from: string; to: string }>,
): Promise<void> {
  await sql.$executeRaw`update staff set password_hash = ${to} where username = ${username} and password_hash = ${from}`;
}

/** Makes a user; a null hash: signs in through the identity provider, or by tokens. Idempotent by the order's id. */
export const addStaff = (
  db: Db,
  order: Order,
  { passwordHash, ...person }: Person & Readonly<{ passwordHash: string | null }>,
): Promise<CommandResult> =>
  command(db, order, { kind: 'addUser', customerNo: null, body: person }, async (tx) => {
    const { username, name, role, stations, assignee } = person;
    const added = await tx.$executeRaw`
      insert into staff (username, name, role, all_stations, stations, assignee, password_hash, created_by)
      values (${username}, ${name}, ${role}, ${stations === null}, ${[...(stations ?? [])]}, ${assignee}, ${passwordHash}, ${order.actor})
      on conflict (username) do nothing`;
    return added === 0 ? refused(`There is a user ${username} already.`) : applied;
  });

/**
 * Changes what a user is. Who is disabled is out at once, sessions and tokens too. Refused when an administrator would disable or demote
 * himself, or when none would be left. Idempotent by the order's id.
 */
export const changeStaff = (
  db: Db,
  order: Order,
  username: string,
  changes: Changes,
): Promise<CommandResult> =>
  command(
    db,
    order,
    { kind: 'changeUser', customerNo: null, body: { username, ...changes } },
    async (tx) => {
      // Two administrators who remove each other at the same time: the second one waits here, and is refused.
      const administrators = await tx.$queryRaw<{ username: string }[]>`
        select username from staff where role = 'administrator' and disabled_at is null order by username for update`;
      await tx.$queryRaw`select from staff where username = ${username} for update`;
      const was = await findStaff(tx, username);
      if (was === null) return refused(`There is no user ${username}.`);
      const no = whyNot(was, changes, {
        actor: order.actor,
        administrators: administrators.map((one) => one.username),
      });
      if (no !== null) return refused(no);
      const taken = await tx.$queryRaw<{ username: string }[]>`
        select username from staff where oidc_subject = ${changes.oidcSubject ?? null} and username <> ${username}`;
      if (taken[0] !== undefined) return refused(`${taken[0].username} has this subject already.`);
      await write(tx, was, changes);
      if (changes.disabled === true) await lockOut(tx, username);
      return applied;
    },
  );

function whyNot(
  was: StaffRow,
  { role = was.role, disabled = was.disabledAt !== null }: Changes,
  { actor, administrators }: Readonly<{ actor: string; administrators: readonly string[] }>,
): string | null {
  if (was.username === actor && (disabled || role !== was.role))
    return 'Nobody may disable himself or change his own role. Ask another administrator.';
  const remains = role === 'administrator' && !disabled;
  if (!remains && administrators.length === 1 && administrators[0] === was.username)
    return `${was.username} is the last administrator. Make another one first.`;
  return null;
}

async function write(tx: Sql, was: StaffRow, changes: Changes): Promise<void> {
  const { name, role, stations, assignee, oidcSubject } = { ...was, ...changes };
  const disabled = changes.disabled ?? was.disabledAt !== null;
  await tx.$executeRaw`
    update staff set name = ${name}, role = ${role}, all_stations = ${stations === null}, stations = ${[...(stations ?? [])]},
      assignee = ${assignee}, oidc_subject = ${oidcSubject}, disabled_at = case when ${disabled} then coalesce(disabled_at, clock_timestamp()) end
    where username = ${was.username}`;
}

/** For good: who is let in again signs in again, and asks for new tokens. */
async function lockOut(tx: Sql, username: string): Promise<void> {
  await tx.$executeRaw`delete from session where username = ${username}`;
  await tx.$executeRaw`update api_token set revoked_at = clock_timestamp() where username = ${username} and revoked_at is null`;
}

/** Sets a password, ends all sessions and forgets the failures counted under the name (`failuresKey`). Idempotent by the order's id. */
export const setPassword = (
  db: Db,
  order: Order,
  {
    username,
    passwordHash,
    failuresKey,
  }: Readonly<{ username: string; passwordHash: string; failuresKey: string }>,
): Promise<CommandResult> =>
  command(db, order, { kind: 'setPassword', customerNo: null, body: { username } }, async (tx) => {
    const set = await tx.$executeRaw`
      update staff set password_hash = ${passwordHash} where username = ${username}`;
    if (set === 0) return refused(`There is no user ${username}.`);
    await tx.$executeRaw`delete from session where username = ${username}`;
    await forgetFailures(tx, failuresKey);
    return applied;
  });

/** Signs a user out everywhere; tokens stay. Idempotent by the order's id. */
export const endSessionsOf = (db: Db, order: Order, username: string): Promise<CommandResult> =>
  command(db, order, { kind: 'endSessions', customerNo: null, body: { username } }, async (tx) => {
    await tx.$executeRaw`delete from session where username = ${username}`;
    return applied;
  });

/**
 * Whose subject it is; else who has the verified e-mail as username and no subject yet, and is linked with it from now on. Null: nobody,
 * or a disabled person. Safe to repeat.
 */
export async function findByOidc(
  sql: Sql,
  { subject, email }: Readonly<{ subject: string; email: string | null }>,
): Promise<Readonly<{ username: string; linked: boolean }> | null> {
  const [row] = await sql.$queryRaw<{ username: string; disabled: boolean }[]>`
    select username, disabled_at is not null as disabled from staff where oidc_subject = ${subject}`;
  if (row !== undefined) return row.disabled ? null : { username: row.username, linked: false };
  const [linked] = await sql.$queryRaw<{ username: string }[]>`
    update staff set oidc_subject = ${subject}
    where username = ${email} and oidc_subject is null and disabled_at is null returning username`;
  return linked === undefined ? null : { ...linked, linked: true };
}
