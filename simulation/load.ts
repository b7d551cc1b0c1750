import type { CivilDate } from '../domain/time';
import type { DayCount, Summary } from './summary';
import { WORKS, type Work } from './work';

/** What a provider and people can do in a day: of all stations together, and of each. What is not named is not looked at. */
export type Capacities = Readonly<{
  name: string;
  perDay: Readonly<Partial<Record<Work, number>>>;
  perStationAndDay: Readonly<Partial<Record<Work, number>>>;
}>;

/** One kind of work held against what can be done of it. */
export type Load = Readonly<{
  work: Work;
  /** Null: all stations together. */
  station: string | null;
  perDay: number;
  daysOver: number;
  /** The day with the most; null when nothing was due. */
  peakDay: CivilDate | null;
  peak: number;
  /** The peak over what can be done; above 1 it is too much. */
  ratio: number;
}>;
export type Loads = Readonly<{ capacities: string; loads: readonly Load[] }>;

/** Each kind of work that a capacity is stated for, by day: of all first, then station by station. Pure. */
export function loadsOf(
  { days }: Pick<Summary, 'days'>,
  { name, perDay, perStationAndDay }: Capacities,
): Loads {
  const stations = [...new Set(days.map(({ station }) => station))].sort();
  const loads = WORKS.flatMap((work) => {
    const of = days.filter((row) => row.work === work);
    const [all, each] = [perDay[work], perStationAndDay[work]];
    return [
      ...(all === undefined ? [] : [loadOf(of, { work, station: null, perDay: all })]),
      ...(each === undefined
        ? []
        : stations.map((station) =>
            loadOf(
              of.filter((row) => row.station === station),
              { work, station, perDay: each },
            ),
          )),
    ];
  });
  return { capacities: name, loads };
}

function loadOf(rows: readonly DayCount[], of: Pick<Load, 'work' | 'station' | 'perDay'>): Load {
  const sums = new Map<CivilDate, number>();
  for (const { day, count } of rows) sums.set(day, (sums.get(day) ?? 0) + count);
  let [peakDay, peak, daysOver]: [CivilDate | null, number, number] = [null, 0, 0];
  for (const [day, count] of sums) {
    if (count > of.perDay) daysOver += 1;
    if (count > peak) [peakDay, peak] = [day, count];
  }
  return { ...of, daysOver, peakDay, peak, ratio: Math.round((peak / of.perDay) * 100) / 100 };
}
