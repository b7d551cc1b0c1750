import type { Instant } from '../domain/time';
import type { Sql } from './client';
import { Prisma } from './generated/client';
import { every, is } from './where';
import { within, type Stations } from './within';

export const DISPUTE_STATES = ['open', 'ended', 'all'] as const;
export type DisputeRow = Readonly<{
  id: string;
  billNo: string;
  customerNo: string;
  name: string;
  station: string;
  reason: string;
  openedBy: string;
  openedAt: Instant;
  resolution: 'upheld' | 'rejected' | null;
  resolvedBy: string | null;
  resolvedAt: Instant | null;
}>;

const STATES: Readonly<Record<(typeof DISPUTE_STATES)[number], Prisma.Sql | null>> = {
  open: Prisma.sql`d.resolved_at is null`,
  ended: Prisma.sql`d.resolved_at is not null`,
  all: null,
};

/** Disputed bills, the latest dispute first. */
export const listDisputes = (
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
    state: (typeof DISPUTE_STATES)[number];
    /** Key of the last row seen: when it was opened, and its id. */
    after: readonly [string, string] | null;
    limit: number;
  }>,
): Promise<DisputeRow[]> => {
  const where = every([
    within(stations),
    is(Prisma.sql`c.station`, station),
    is(Prisma.sql`d.customer_no`, customerNo),
    STATES[state],
    after === null
      ? null
      : Prisma.sql`(d.opened_at, d.id) < (${after[0]}::timestamptz, ${after[1]})`,
  ]);
  return sql.$queryRaw`
    select d.id, d.bill_no as "billNo", d.customer_no as "customerNo", c.name, c.station, d.reason, d.opened_by as "openedBy",
      instant_text(d.opened_at) as "openedAt", d.resolution, d.resolved_by as "resolvedBy", instant_text(d.resolved_at) as "resolvedAt"
    from dispute d join customer c using (customer_no) where ${where} order by d.opened_at desc, d.id desc limit ${limit}`;
};
