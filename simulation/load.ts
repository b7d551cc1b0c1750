import { WORKS, type Capacities, type Load } from '../domain/assumptions';
import type { CivilDate } from '../domain/time';
import type { DayCount, Summary } from './summary';

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
