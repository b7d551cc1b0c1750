import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hashPassword } from '../api/password';
import { openDb } from '../db/client';
import { ensureOperator, giveFirstPassword, OPERATOR } from '../db/operator';
import { credentialsOf } from '../db/staff';
import { writePrivate } from '../engine/home';

/**
 * Leaves the password by which the operator signs in to the console for whoever may read the home, mode 0600. One that is on file stays.
 * @returns the file's name; null when somebody gave the operator another password.
 */
export async function leavePassword(home: string, databaseUrl: string): Promise<string | null> {
  const file = join(home, 'password');
  const db = openDb(databaseUrl, 1);
  try {
    await ensureOperator(db);
    const known = await credentialsOf(db, OPERATOR);
    if ((known?.passwordHash ?? null) !== null) return existsSync(file) ? file : null;
    const password = randomBytes(12).toString('base64url');
    // First where it can be found again: a hash without its password would shut the operator out.
    writePrivate(file, `${password}\n`);
    await giveFirstPassword(db, await hashPassword(password));
    return file;
  } finally {
    await db.$disconnect();
  }
}
