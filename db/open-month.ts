import { campaignId } from '../domain/run-ids';
import type { Instant, Period } from '../domain/time';
import type { Db } from './client';
import { clockOffset, setClock } from './clock';
import { applied, command, refused, type CommandResult, type Order } from './commands';
import { writeNudges } from './nudges';

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
