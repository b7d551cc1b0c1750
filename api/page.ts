import type { z } from 'zod';
import { ProblemError } from './problem';

export { pageOf, pageQuery } from './schema/answers';

export type Paged<T> = Readonly<{ items: readonly T[]; nextCursor: string | null }>;

/** Reads a cursor back as the key of the last row of the page before. @throws ProblemError 400 for one that we did not make. */
export function readCursor<K extends z.ZodType>(
  key: K,
  cursor: string | undefined,
): z.output<K> | null {
  if (cursor === undefined) return null;
  try {
    const text = Buffer.from(cursor, 'base64url').toString('utf8');
    return key.parse(JSON.parse(text));
  } catch {
    throw new ProblemError(
      'badRequest',
      'The cursor is none that this list gave out. Start without one.',
    );
  }
}

/** A page from rows that were read one further than asked for: the extra one only tells that there is more. */
export function paged<T>(rows: readonly T[], limit: number, keyOf: (last: T) => unknown): Paged<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return {
    items,
    nextCursor: more ? Buffer.from(JSON.stringify(keyOf(last))).toString('base64url') : null,
  };
}
