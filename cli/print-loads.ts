import type { Load } from '../domain/assumptions';
import type { Cli } from './cli';

type Printed = Omit<Load, 'peakDay'> & Readonly<{ peakDay: string | null }>;

/** Work held against what can be done of it in a day: kind by kind, of all and of each station. */
export async function printLoads(
  { t, screen }: Cli,
  { capacities, loads }: Readonly<{ capacities: string; loads: readonly Printed[] }>,
): Promise<void> {
  screen.line(t('simulate.loads', { name: capacities }));
  const right = [t('head.perDay'), t('head.busiest'), t('head.ofCapacity'), t('head.daysOver')];
  await screen.table(
    [
      { head: t('head.work') },
      { head: t('head.station') },
      ...right.map((head) => ({ head, right: true })),
    ],
    loads.map(({ work, station, perDay, peak, peakDay, ratio, daysOver }) => [
      t(`simulate.work.${work}`),
      station ?? t('simulate.allStations'),
      perDay,
      peakDay === null ? '–' : `${peak} (${peakDay})`,
      `${Math.round(ratio * 100)} %`,
      daysOver,
    ]),
  );
}
