import { Prisma } from './generated/client';

/** The stations that somebody may see; null: all. */
export type Stations = readonly string[] | null;

/** The condition that `c`, a row of customer, is of the stations. */
export const within = (stations: Stations): Prisma.Sql =>
  stations === null ? Prisma.sql`true` : Prisma.sql`c.station = any(${[...stations]})`;
