import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDb } from '../db/client';
import { ensureOperator, OPERATOR } from '../db/operator';
import { addToken, ALL, useToken } from '../db/tokens';
import { writePrivate } from '../engine/home';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Leaves a token for whoever may read the home, mode 0600. One that is valid still stays. @returns the file's name. */
export async function leaveToken(home: string, databaseUrl: string): Promise<string> {
  const file = join(home, 'token');
  const db = openDb(databaseUrl, 1);
  try {
    const [, id = '', secret = ''] = existsSync(file)
      ? readFileSync(file, 'utf8').trim().split('_')
      : [];
    if ((await useToken(db, { id, secretSha256: sha256(secret) })) !== null) return file;
    await ensureOperator(db);
    const fresh = { id: randomBytes(6).toString('hex'), secret: randomBytes(32).toString('hex') };
    const token = { id: fresh.id, secretSha256: sha256(fresh.secret), username: OPERATOR };
    await addToken(db, { ...token, name: 'tarim up', scopes: [ALL], days: null });
    writePrivate(file, `tarim_${fresh.id}_${fresh.secret}\n`);
    return file;
  } finally {
    await db.$disconnect();
  }
}
