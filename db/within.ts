import { Prisma } from './generated/client';

/** The stations that somebody may see; null: all. */
export type Stations = readonly string[] | null;

/** The condition that `c`, a row of customer, is of the stations. */
export const within = (stations: Stations): Prisma.Sql => among(Prisma.sql`c.station`, stations);

/** The condition that a column is one of the stations. */
export const among = (column: Prisma.Sql, stations: Stations): Prisma.Sql =>
  stations === null ? Prisma.sql`true` : Prisma.sql`${column} = any(${[...stations]})`;
