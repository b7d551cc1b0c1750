import { createHash, randomBytes } from 'node:crypto';

/** What is kept of a secret that is random and long: nothing can be guessed from it. Not for passwords. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What a session's cookie holds: 256 random bits. Source: docs/security.md, "Sessions". */
export const newSessionToken = (): string => randomBytes(32).toString('base64url');

/** A new API token: what its owner gets once, and what is kept of it. */
export function newToken(): Readonly<{ id: string; secretSha256: string; text: string }> {
  const [id, secret] = [randomBytes(6).toString('hex'), randomBytes(32).toString('base64url')];
  return { id, secretSha256: sha256(secret), text: `tarim_${id}_${secret}` };
}
