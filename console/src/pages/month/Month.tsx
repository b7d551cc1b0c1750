import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MonthPage } from '../../../generated/api';
import { moment } from '../../lib/format';
import { useUrlFilters } from '../../lib/url-filters';
import { Failure } from '../../ui/Failure';
import { OrderButton } from '../../ui/OrderButton';
import { PageHead } from '../../ui/PageHead';
import { Settled } from '../../ui/Settled';
import { Alarms } from './Alarms';
import { Campaigns } from './Campaigns';
import { Curves } from './Curves';
import { Figures } from './Figures';
import './month.css';
import { useMonth, useStations, type Station } from './reads';
import { RiskMatrix } from './RiskMatrix';
import { useStopAll } from './stopping';
import { Messages, TasksDue } from './Today';
import { Workload } from './Workload';

/** What a supervisor sees first in the morning, as of now, and from where he stops and goes on. */
export default function Month() {
  const { t } = useTranslation('month');
  const [{ station }, change] = useUrlFilters(['station']);
  const { data, error, refetch } = useMonth(station);
  return (
    <Settled height={900}>
      <PageHead title={t('title')}>
        {data && <AsOf page={data} />}
        <StationChoice station={station} change={(to) => change({ station: to })} />
        <StopAll page={data} />
      </PageHead>
      {error && <Failure error={error} again={() => void refetch()} />}
      {data && <Body page={data} station={station} />}
    </Settled>
  );
}

function Body({ page, station }: Readonly<{ page: MonthPage; station: Station }>) {
  return (
    <>
      <Alarms page={page} />
      <Figures page={page} station={station} />
      <div className="columns month">
        <div>
          <Curves station={station} />
          <Campaigns page={page} station={station} />
          <Workload station={station} />
        </div>
        <div>
          <RiskMatrix page={page} station={station} />
          <TasksDue page={page} station={station} />
          <Messages page={page} station={station} />
        </div>
      </div>
    </>
  );
}

/** By the station's clock, and whether all is well; what is not stands below in full. */
function AsOf({ page: { asOf, unhealthy } }: { page: MonthPage }) {
  const { t, i18n } = useTranslation('month');
  return (
    <span className="quiet">
      {t('asOf', { at: moment(asOf, i18n.language) })}
      {unhealthy.length === 0 && <span className="well"> {t('well')}</span>}
    </span>
  );
}

type Choice = Readonly<{ station: Station; change: (to: string) => void }>;

/** Nothing to choose for who has one station. */
function StationChoice({ station, change }: Choice) {
  const { t } = useTranslation('month');
  const stations = useStations();
  if (stations.length < 2 && station === undefined) return null;
  const options = ['', ...stations].map((value) => ({
    value,
    label: value === '' ? t('allStations') : value,
  }));
  return (
    <Select
      aria-label={t('station')}
      options={options}
      value={station ?? ''}
      popupMatchSelectWidth={false}
      onChange={change}
    />
  );
}

/** Gone while everything stands still: its release is in the alarm then. */
function StopAll({ page }: { page: MonthPage | undefined }) {
  const order = useStopAll();
  const stopped = page?.holds.some(({ scope }) => scope === 'everything') === true;
  return stopped ? null : <OrderButton order={order} />;
}
