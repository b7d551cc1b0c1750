import type { Sql } from './client';
import { within, type Stations } from './within';

export type StationRow = Readonly<{ station: string; customers: number }>;

/** The stations on the book, by name, as far as they are among these. Reads only. */
export const listStations = (sql: Sql, stations: Stations): Promise<StationRow[]> => sql.$queryRaw`
  select c.station, count(*)::int as customers from customer c where ${within(stations)} group by c.station order by c.station`;
