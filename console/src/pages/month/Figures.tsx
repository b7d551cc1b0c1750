import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { MonthPage } from '../../../generated/api';
import { count, dayOf, money, month, rate } from '../../lib/format';
import { compare, type Comparison } from './curves';
import { addressOf } from './links';
import { sortsOf } from './messages';
import { useCurves, useRates, type Station } from './reads';

/** The month in seven figures. */
export function Figures({ page, station }: Readonly<{ page: MonthPage; station: Station }>) {
  const { t, i18n } = useTranslation('month');
  const { billedFen, receivedFen, outstandingFen } = page.money;
  const number = (n: number) => count(n, i18n.language);
  const sum = (of: (row: MonthPage['tasks'][number]) => number) =>
    page.tasks.reduce((total, row) => total + of(row), 0);
  const due = sum(({ dueToday, overdue }) => dueToday + overdue);
  const overdue = sum((row) => row.overdue);
  const sent = sortsOf(page.messages);
  return (
    <section className="card" aria-label={t('figures.title')}>
      <dl className="month-figures">
        <Today station={station} />
        <Figure name={t('figures.billed')} note={month(page.period, i18n.language)}>
          {money(billedFen)}
        </Figure>
        <Figure name={t('figures.received')}>{money(receivedFen)}</Figure>
        <Figure name={t('figures.outstanding')}>{money(outstandingFen)}</Figure>
        <Year station={station} />
        <Figure
          name={t('figures.due')}
          note={t('figures.overdue', { n: number(overdue) })}
          bad={overdue > 0}
        >
          <Link to={addressOf('/tasks', { whose: 'all', due: 'today', station })}>
            {number(due)}
          </Link>
        </Figure>
        <Figure
          name={t('figures.messages')}
          note={t('figures.failed', { n: number(sent.failed.all) })}
          bad={sent.failed.all > 0}
        >
          {number(sent.sent.all + sent.delivered.all)}
        </Figure>
      </dl>
    </section>
  );
}

/** What has come in of the month's bills, against the same day of the month before and of all before. */
function Today({ station }: { station: Station }) {
  const { t } = useTranslation('month');
  const { data } = useCurves(station);
  const told = data === undefined ? null : compare(data.curves, dayOf(data.asOf));
  const note = told === null ? '' : t('figures.day', { day: told.day });
  return (
    <Figure name={t('figures.rate')} note={note} more={<Against told={told} />}>
      {rate(told?.now ?? null)}
    </Figure>
  );
}

function Against({ told }: { told: Comparison | null }) {
  const { t } = useTranslation('month');
  if (told === null || told.before === null) return <>{t('figures.noBefore')}</>;
  const points = told.now - told.before;
  const text = `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(1)}`;
  return (
    <>
      {t('figures.before', { rate: rate(told.before) })}{' '}
      <span className={points < 0 ? 'worse' : 'better'}>{t('figures.points', { n: text })}</span>
    </>
  );
}

/** Of all bills of the year, and of what was owed when it began. */
function Year({ station }: { station: Station }) {
  const { t } = useTranslation('month');
  const { data } = useRates();
  const row = station === undefined ? data?.total : data?.rows.find(({ key }) => key === station);
  return (
    <Figure
      name={t('figures.year')}
      note={t('figures.prior', { rate: rate(row?.priorYear ?? null) })}
    >
      {rate(row?.currentYear ?? null)}
    </Figure>
  );
}

type Given = Readonly<{
  name: string;
  note?: string;
  more?: ReactNode;
  bad?: boolean;
  children: ReactNode;
}>;

function Figure({ name, note, more, bad, children }: Given) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {children}
        <small className={bad ? 'worse' : 'quiet'}>{note}</small>
        {more !== undefined && <small className="quiet">{more}</small>}
      </dd>
    </div>
  );
}
