import { Prisma } from './generated/client';

/** The conditions that matter, all of them; none: everything. */
export function every(conditions: readonly (Prisma.Sql | null)[]): Prisma.Sql {
  const wanted = conditions.filter((one) => one !== null);
  return wanted.length === 0 ? Prisma.sql`true` : Prisma.join(wanted, ' and ');
}

/** `what` is the value; a null value does not matter. */
export const is = (what: Prisma.Sql, value: string | number | null): Prisma.Sql | null =>
  value === null ? null : Prisma.sql`${what} = ${value}`;
