import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { nameKey } from '../api/lock-out';
import { hashPassword, passwordFault } from '../api/password';
import { Username } from '../api/schema/staff';
import { openDb, type Db } from '../db/client';
import { stationNow } from '../db/clock';
import type { CommandResult, Order } from '../db/commands';
import { addStaff, setPassword } from '../db/staff';
import type { Role } from '../domain/permissions';
import type { Cli } from './cli';
import { databaseUrlOf } from './database';
import { Exit, EXIT } from './exit';
import { askPassword } from './ask-password';
import { plainly } from './plainly';

export type Told = Readonly<{ reason: string }>;
export type NewUser = Told &
  Readonly<{ admin?: boolean; role?: Role; name?: string; station?: readonly string[] }>;

/** Makes a user who signs in by password. Without a station: of all of them. @throws Exit 2 or 4 with what was wrong. */
export async function createUser(cli: Cli, given: string, options: NewUser): Promise<void> {
  const { t, screen } = cli;
  const username = usernameOf(cli, given);
  const role = options.admin === true ? 'administrator' : options.role;
  if (role === undefined || (options.admin === true && options.role !== undefined))
    throw new Exit(EXIT.usage, t('user.create.which'));
  const passwordHash = await newHash(cli, username);
  const { name = username, station } = options;
  const person = { username, name, role, stations: station ?? null, assignee: null, passwordHash };
  await give(cli, options, (db, order) => addStaff(db, order, person));
  screen.line(t('user.create.done', { username, role }));
}

/** Sets a password anew, signs the person out and opens the lock. @throws Exit 2 or 4 with what was wrong. */
export async function resetPassword(cli: Cli, given: string, options: Told): Promise<void> {
  const username = usernameOf(cli, given);
  const passwordHash = await newHash(cli, username);
  const failuresKey = nameKey(username);
  await give(cli, options, (db, order) =>
    setPassword(db, order, { username, passwordHash, failuresKey }),
  );
  cli.screen.line(cli.t('user.password.done', { username }));
}

function usernameOf({ t }: Cli, given: string): string {
  if (!Username.safeParse(given).success)
    throw new Exit(EXIT.usage, t('user.name.wrong', { given }));
  return given;
}

async function newHash(cli: Cli, username: string): Promise<string> {
  const password = await askPassword(cli);
  const fault = passwordFault(password, username);
  if (fault !== null) throw new Exit(EXIT.usage, fault);
  return hashPassword(password);
}

/** Whoever may reach the database is who orders; the order log says by which account of the machine. */
async function give(
  cli: Cli,
  { reason }: Told,
  work: (db: Db, order: Order) => Promise<CommandResult>,
): Promise<void> {
  const db = openDb(databaseUrlOf(await cli.config()), 1);
  try {
    const result = await plainly(cli, async () => {
      const at = await stationNow(db);
      const actor = userInfo().username;
      return work(db, { id: `cli-${randomUUID()}`, actor, reason, at, door: 'cli' });
    });
    if (result.kind === 'refused') throw new Exit(EXIT.refused, result.because);
  } finally {
    await db.$disconnect();
  }
}
