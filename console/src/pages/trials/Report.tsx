import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { SimulationReport } from '../../../generated/api';
import { count, money } from '../../lib/format';
import { DataTable } from '../../ui/DataTable';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { Loads } from './Loads';
import { useReport } from './reads';

const DaysChart = lazy(() => import('./DaysChart'));
const HEIGHT = 320;
type Of = Readonly<{ report: SimulationReport }>;
const WORKS = ['sms', 'email', 'call', 'visit', 'letter', 'review', 'proposal'] as const;

/** What it would do more or less than the other, in all and day by day, and the report as a file. */
export function Report({ id }: { id: string }) {
  const { t } = useTranslation('trial');
  const { data, error, refetch } = useReport(id);
  if (error) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Loading height={HEIGHT + 400} />;
  return (
    <>
      <section className="card" aria-labelledby="difference">
        <h2 id="difference">{t('difference')}</h2>
        <p className="quiet">
          {data.model === null ? t('recorded') : t('modelled', data.model)} {t('assumes')}
        </p>
        <Works report={data} />
        <Paid report={data} />
        <p>{t(data.policy.breaches === 0 ? 'kept' : 'broken', { n: data.policy.breaches })}</p>
        <Files id={id} policyId={data.policyId} />
      </section>
      <Loads report={data} />
      <Days report={data} />
    </>
  );
}

/** As recorded, payments are the same whatever is done. */
function Paid({ report: { model, policyId, againstId, policy, against } }: Of) {
  const { t, i18n } = useTranslation('trial');
  const n = (value: number) => count(value, i18n.language);
  const says = (id: string, { bills, paid, medianDays }: typeof policy.payment) =>
    t('paid', { id, bills: n(bills), paid: n(paid), days: medianDays ?? '–' });
  return (
    <>
      <p>{says(policyId, policy.payment)}</p>
      {model !== null && <p>{says(againstId, against.payment)}</p>}
    </>
  );
}

function Works({ report }: Of) {
  const { t, i18n } = useTranslation('trial');
  const { policyId, againstId, policy, against, difference } = report;
  const signed = (n: number, text: string) => (n > 0 ? `+${text}` : text);
  const n = (value: number) => count(value, i18n.language);
  const rows = [
    ...WORKS.map((work) => {
      const more = difference.totals[work];
      return {
        name: t(`work.${work}`),
        cells: [n(policy.totals[work]), n(against.totals[work]), signed(more, n(more))],
      };
    }),
    {
      name: t('cost'),
      cells: [
        money(policy.costFen),
        money(against.costFen),
        signed(difference.costFen, money(difference.costFen)),
      ],
    },
  ];
  const column = (name: string, title: string, at: number) => ({
    ...{ name, title, number: true as const },
    show: ({ cells }: (typeof rows)[number]) => cells[at],
  });
  return (
    <DataTable
      label={t('difference')}
      rows={rows}
      keyOf={({ name }) => name}
      columns={[
        { name: 'work', title: t('what'), show: ({ name }) => name },
        column('policy', policyId, 0),
        column('against', againstId, 1),
        column('more', t('more'), 2),
      ]}
    />
  );
}

function Files({ id, policyId }: Readonly<{ id: string; policyId: string }>) {
  const { t, i18n } = useTranslation('trial');
  const at = `/api/v1/simulations/${encodeURIComponent(id)}/report`;
  return (
    <p className="tags">
      <a href={`${at}?as=html`} download={`${policyId}-${i18n.language}.html`}>
        {t('page')}
      </a>
      <a href={at} download={`${policyId}.json`}>
        {t('json')}
      </a>
    </p>
  );
}

function Days({ report }: Of) {
  const { t } = useTranslation('trial');
  return (
    <section className="card" aria-labelledby="days">
      <h2 id="days">{t('days')}</h2>
      {report.days.length === 0 ? (
        <p className="quiet">{t('nothing')}</p>
      ) : (
        <Suspense fallback={<Loading height={HEIGHT} />}>
          <DaysChart report={report} says={t('daysSay', { n: report.days.length })} />
        </Suspense>
      )}
    </section>
  );
}
