import { newToken } from '../api/secrets';
import type { Db } from '../db/client';
import { addToken, ALL } from '../db/tokens';
import type { Role } from '../domain/permissions';

/** A person of a role, for all stations. @returns the text of a token that may all that the role may. */
export async function issueToken(db: Db, role: Role): Promise<string> {
  const person = { username: role, name: role, role, allStations: true, createdBy: 'bench' };
  await db.staff.create({ data: person });
  const { text, ...made } = newToken();
  await addToken(db, { ...made, username: role, name: 'bench', scopes: [ALL], days: null });
  return text;
}
