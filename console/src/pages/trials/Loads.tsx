import { useTranslation } from 'react-i18next';
import type { SimulatedLoad, SimulationReport } from '../../../generated/api';
import { count, rate } from '../../lib/format';
import { DataTable, type Cells } from '../../ui/DataTable';

/** The work of each day held against what can be done of it, on either side; nothing where nobody said what can. */
export function Loads({ report }: { report: SimulationReport }) {
  const { t, i18n } = useTranslation('trial');
  const { capacities, policyId, againstId, policy, against } = report;
  if (capacities === null) return null;
  const title = t('loads.title', { name: capacities });
  const keyOf = ({ work, station }: SimulatedLoad) => `${work} ${station ?? ''}`;
  const others = new Map(against.loads.map((load) => [keyOf(load), load]));
  const n = (value: number) => count(value, i18n.language);
  const says = ({ peak, ratio, daysOver }: SimulatedLoad) =>
    peak === 0 ? '–' : t('loads.peak', { n: n(peak), share: rate(ratio * 100), days: n(daysOver) });
  const columns: Cells<SimulatedLoad>[] = [
    { name: 'work', title: t('what'), show: ({ work }) => t(`work.${work}`) },
    { name: 'station', title: t('station'), show: ({ station }) => station ?? t('loads.all') },
    { name: 'can', title: t('loads.perDay'), number: true, show: ({ perDay }) => n(perDay) },
    { name: 'policy', title: policyId, number: true, show: says },
    {
      ...{ name: 'against', title: againstId, number: true, wide: true },
      show: (load) => says(others.get(keyOf(load)) ?? { ...load, peak: 0 }),
    },
  ];
  return (
    <section className="card" aria-labelledby="loads">
      <h2 id="loads">{title}</h2>
      <p className="quiet">{t('loads.explained')}</p>
      <DataTable label={title} rows={policy.loads} keyOf={keyOf} columns={columns} />
    </section>
  );
}
