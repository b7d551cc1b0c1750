import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExperimentArm, ExperimentFigures } from '../../../generated/api';
import { count, moment, money, rate } from '../../lib/format';
import { rateOf } from '../../lib/rates';
import { DataTable } from '../../ui/DataTable';
import { Loading } from '../../ui/Loading';
import './experiments.css';

const ArmsChart = lazy(() => import('./ArmsChart'));

/** Both sides beside each other: numbers, and what had come in after how many days. A side without months is not there. */
export function Arms({ figures }: { figures: ExperimentFigures }) {
  const { t, i18n } = useTranslation('experiments');
  const { arms, asOf } = figures;
  return (
    <>
      <section className="card" aria-labelledby="figures">
        <h2 id="figures">{t('figures')}</h2>
        <p className="quiet">{t('figuresHint', { asOf: moment(asOf, i18n.language) })}</p>
        {arms.length === 0 ? <p className="quiet">{t('noMonths')}</p> : <Table figures={figures} />}
      </section>
      {arms.length > 0 && (
        <section className="card" aria-labelledby="curve">
          <h2 id="curve">{t('curve')}</h2>
          <Suspense fallback={<Loading height={320} />}>
            <ArmsChart figures={figures} says={t('curveSays')} />
          </Suspense>
        </section>
      )}
    </>
  );
}

function Table({ figures: { experiment, arms } }: { figures: ExperimentFigures }) {
  const { t } = useTranslation('experiments');
  const measures = useMeasures();
  const version = { champion: experiment.championId, challenger: experiment.challengerId };
  return (
    <DataTable
      label={t('figures')}
      rows={measures}
      keyOf={({ name }) => name}
      columns={[
        { name: 'measure', title: t('measure'), show: ({ name }) => name },
        ...arms.map((side) => ({
          name: side.arm,
          title: t(`arm.${side.arm}`, { version: version[side.arm] }),
          show: ({ of }: Measure) => of(side),
          number: true as const,
        })),
      ]}
    />
  );
}

type Measure = Readonly<{ name: string; of: (side: ExperimentArm) => string }>;

function useMeasures(): Measure[] {
  const { t, i18n } = useTranslation('experiments');
  const n = (value: number): string => count(value, i18n.language);
  const per = (fen: number, of: number): string => (of === 0 ? '–' : money(Math.round(fen / of)));
  const measure = (key: string, of: Measure['of']): Measure => ({ name: t(`measures.${key}`), of });
  return [
    measure('customers', ({ customers }) => n(customers)),
    measure('months', ({ months }) => n(months)),
    measure('moved', ({ moved }) => n(moved)),
    measure('billed', ({ billedFen }) => money(billedFen)),
    measure('received', ({ receivedFen }) => money(receivedFen)),
    measure('rate', ({ receivedFen, billedFen }) => rate(rateOf(receivedFen, billedFen))),
    measure('days', ({ medianDaysToPayment: days }) => (days === null ? '–' : n(days))),
    measure('paid', ({ outcomes }) => n(outcomes['paid'] ?? 0)),
    measure('sms', ({ sms }) => n(sms)),
    measure('email', ({ email }) => n(email)),
    measure('tasks', ({ tasks }) => n(tasks)),
    measure('cost', ({ costFen }) => money(costFen)),
    measure('costEach', ({ costFen, months }) => per(costFen, months)),
  ];
}
