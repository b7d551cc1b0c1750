import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { stationNow } from '../db/clock';
import type { Db, Sql } from '../db/client';
import { applied, command, refused, type Order } from '../db/commands';
import { credentialsOf } from '../db/staff';
import { partyOf } from './address';
import { unlessLocked } from './lock-out';
import { checkPassword } from './password';
import { ProblemError } from './problem';

/** Whoever tried a name that nobody has; the name itself is not kept, since people type their password there too. */
const NOBODY = '(unknown)';
const WRONG = 'The name or the password is wrong.';

export type Checked = Readonly<{ passwordHash: string; outdated: boolean }>;

/**
 * Looks at a name and a password. Null when they do not belong together, nobody has the name, or the person is disabled: it takes the same
 * time, and the caller uses the same words. Each failure, and each lock that follows, is an entry of the order log.
 *
 * @throws ProblemError 429 while locked; 503 when too many sign in.
 */
export async function checkCredentials(
  db: Db,
  request: FastifyRequest,
  { username, password }: Readonly<{ username: string; password: string }>,
): Promise<Checked | null> {
  const known = await credentialsOf(db, username);
  const looked = await unlessLocked(db, { username, address: request.ip }, async () => {
    const kept = known?.passwordHash ?? null;
    const { right, outdated } = await checkPassword(kept, password);
    return right && kept !== null && known?.disabled === false
      ? { passwordHash: kept, outdated }
      : null;
  });
  if (looked.right !== null) return looked.right;
  const actor = known === null ? NOBODY : username;
  await recordFailure(db, request, actor);
  for (const { key, lockedUntil } of looked.locks)
    await recordLock(db, request, actor, {
      of: key.startsWith('name:') ? 'name' : 'address',
      until: lockedUntil,
    });
  return null;
}

/** One answer for all that can be wrong. */
export const wrong = (): ProblemError => new ProblemError('unauthenticated', WRONG);

/** How somebody came in, or did not. */
type Way = Readonly<{ by: 'password' | 'oidc' | 'newPassword'; [more: string]: unknown }>;

/** Records a sign-in together with its session (`open`). @throws ProblemError 401 when the person was disabled meanwhile. */
export async function recordSignIn(
  db: Db,
  request: FastifyRequest,
  username: string,
  { way, open }: Readonly<{ way: Way; open: (tx: Sql) => Promise<boolean> }>,
): Promise<void> {
  const entry = {
    kind: 'signIn',
    customerNo: null,
    body: { ...way, address: partyOf(request.ip) },
  };
  const result = await command(db, await entryOrder(db, request, username), entry, async (tx) =>
    (await open(tx)) ? applied : refused(WRONG),
  );
  if (result.kind === 'refused') throw wrong();
}

/** Records that somebody was not let in. */
export async function recordFailure(
  db: Db,
  request: FastifyRequest,
  actor: string,
  way: Way = { by: 'password' },
): Promise<void> {
  const entry = {
    kind: 'signIn',
    customerNo: null,
    body: { ...way, address: partyOf(request.ip) },
  };
  const order = await entryOrder(db, request, actor);
  await command(db, order, entry, () => Promise.resolve(refused(WRONG)));
}

async function recordLock(
  db: Db,
  request: FastifyRequest,
  actor: string,
  lock: Readonly<{ of: 'name' | 'address'; until: string | null }>,
): Promise<void> {
  const body = { ...lock, address: partyOf(request.ip) };
  const order = await entryOrder(db, request, actor);
  await command(db, order, { kind: 'signInLock', customerNo: null, body }, () =>
    Promise.resolve(applied),
  );
}

/** Records that somebody left. `end` ends the session in the same transaction. */
export async function recordSignOut(
  db: Db,
  request: FastifyRequest,
  username: string,
  end: (tx: Sql) => Promise<void>,
): Promise<void> {
  const order = await entryOrder(db, request, username);
  await command(db, order, { kind: 'signOut', customerNo: null, body: {} }, async (tx) => {
    await end(tx);
    return applied;
  });
}

/** What a person does to his own sign-in: an entry of its own each time, whatever key came along. Nobody gives a reason for signing in. */
export const entryOrder = async (
  sql: Sql,
  request: FastifyRequest,
  actor: string,
  reason = '',
): Promise<Order> => ({
  id: `sign-in-${randomUUID()}`,
  actor,
  reason,
  at: await stationNow(sql),
  door: 'api',
  requestId: request.id,
});
