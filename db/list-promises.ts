import type { CivilDate, Instant } from '../domain/time';
import type { Sql } from './client';
import { Prisma } from './generated/client';
import { every, is } from './where';
import { within, type Stations } from './within';

export const PROMISE_STATES = ['open', 'kept', 'broken', 'all'] as const;
export type PromiseRow = Readonly<{
  id: string;
  customerNo: string;
  name: string;
  station: string;
  promisedOn: CivilDate;
  madeAt: Instant;
  madeTo: string;
  /** Null while open. */
  kept: boolean | null;
  settledAt: Instant | null;
}>;

const STATES: Readonly<Record<(typeof PROMISE_STATES)[number], Prisma.Sql | null>> = {
  open: Prisma.sql`p.kept is null`,
  kept: Prisma.sql`p.kept`,
  broken: Prisma.sql`not p.kept`,
  all: null,
};

/** Promises to pay, those for the earliest day first. */
export const listPromises = (
  sql: Sql,
  {
    stations,
    station,
    customerNo,
    state,
    after,
    limit,
  }: Readonly<{
    stations: Stations;
    station: string | null;
    customerNo: string | null;
    state: (typeof PROMISE_STATES)[number];
    /** Key of the last row seen: the promised day and its id. */
    after: readonly [string, string] | null;
    limit: number;
  }>,
): Promise<PromiseRow[]> => {
  const where = every([
    within(stations),
    is(Prisma.sql`c.station`, station),
    is(Prisma.sql`p.customer_no`, customerNo),
    STATES[state],
    after === null ? null : Prisma.sql`(p.promised_on, p.id) > (${after[0]}::date, ${after[1]})`,
  ]);
  return sql.$queryRaw`
    select p.id, p.customer_no as "customerNo", c.name, c.station, p.promised_on::text as "promisedOn", instant_text(p.made_at) as "madeAt",
      p.made_to as "madeTo", p.kept, instant_text(p.settled_at) as "settledAt"
    from promise p join customer c using (customer_no) where ${where} order by p.promised_on, p.id limit ${limit}`;
};
