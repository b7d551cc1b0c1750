import { campaignId } from '../domain/run-ids';
import type { Instant, Period } from '../domain/time';
import type { Db } from './client';
import { clockOffset, setClock } from './clock';
import { applied, command, refused, type CommandResult, type Order } from './commands';
import { writeNudges } from './nudges';
import { freshenStandings } from './standings';

export type Opening = Readonly<{
  stations: readonly string[];
  period: Period;
  /** At most so many customers of each station; null: all. */
  limit: number | null;
  /** Not null: the station's clock is moved there, and the month opens as of that instant. */
  asOf: Instant | null;
}>;

/**
 * Orders that a month is opened, station by station. The order and the word to each campaign's run are one transaction; the run is started when
 * the engine takes it, at once or later. One that was opened before, running or through, stays as it is.
 */
export const openMonth = (db: Db, order: Order, opening: Opening): Promise<CommandResult> => {
  const { stations, period, limit, asOf } = opening;
  const entry = { kind: 'openCampaign', customerNo: null, body: opening };
  return command(db, order, entry, async (tx) => {
    if (stations.length === 0) return refused('There are no customers. Import some first.');
    const offsetMs = asOf === null ? await clockOffset(tx) : await setClock(tx, asOf, order.actor);
    const input = { period, openedBy: order.actor, offsetMs, ...(limit === null ? {} : { limit }) };
    await writeNudges(
      tx,
      stations.map((station) => ({
        ...{ workflowId: campaignId(station, period), signal: 'changed' },
        body: { ...input, station },
      })),
    );
    return applied;
  });
};

/** Customers of the stations who owe something now and whose month was never opened: so many an opening would open at most. */
export async function countToOpen(
  db: Db,
  { stations, period, limit }: Pick<Opening, 'stations' | 'period' | 'limit'>,
  asOf: Instant,
): Promise<number> {
  await freshenStandings(db, asOf);
  const [row] = await db.$queryRaw<{ customers: number }[]>`
    select coalesce(sum(least(customers, ${limit}::int)), 0)::int as customers from (
      select count(*)::int as customers from customer_standing join customer c using (customer_no)
      where owed_fen > 0 and c.station = any(${[...stations]})
        and not exists (select from cycle y where y.customer_no = c.customer_no and y.period = ${period})
      group by c.station) each`;
  return row?.customers ?? 0;
}
