import { useTranslation } from 'react-i18next';
import type { CampaignMonth, Hold, MonthPage } from '../../../generated/api';
import { ApiError } from '../../lib/api';
import { count, day, dayOf, month } from '../../lib/format';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { OrderButton } from '../../ui/OrderButton';
import { useOpening } from './opening';
import { useCampaigns, type Station } from './reads';
import { Schedules } from './Schedules';
import { useContinueStation, usePauseStation } from './stopping';

type Campaign = CampaignMonth['campaigns'][number];
type Progress = CampaignMonth['cycles'][number];

/** How far the month is at each station, holding and going on again, and opening. */
export function Campaigns({ page, station }: Readonly<{ page: MonthPage; station: Station }>) {
  const { t, i18n } = useTranslation('month');
  const { period, holds, asOf } = page;
  const order = useOpening({ today: dayOf(asOf), station });
  return (
    <section className="card" aria-label={t('campaign.title')}>
      <div className="page-head">
        <h2>
          {t('campaign.title')} <span className="quiet">{month(period, i18n.language)}</span>
        </h2>
        <OrderButton order={order} />
      </div>
      <Opened period={period} holds={holds} station={station} />
      <Schedules station={station} />
    </section>
  );
}

type Given = Readonly<{ period: string; holds: readonly Hold[]; station: Station }>;

function Opened({ period, holds, station }: Given) {
  const { t } = useTranslation('month');
  const { data, error, refetch } = useCampaigns(period);
  const none = error instanceof ApiError && error.status === 404;
  if (none) return <p className="quiet">{t('campaign.none')}</p>;
  if (error) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Loading height={120} />;
  const shown = data.campaigns.filter((one) => station === undefined || one.station === station);
  if (shown.length === 0) return <p className="quiet">{t('campaign.none')}</p>;
  return (
    <ul className="campaigns">
      {shown.map((campaign) => (
        <One
          key={campaign.station}
          campaign={campaign}
          progress={data.cycles.find((one) => one.station === campaign.station)}
          held={holds.some(({ scope, ref }) => scope === 'station' && ref === campaign.station)}
        />
      ))}
    </ul>
  );
}

type OneGiven = Readonly<{ campaign: Campaign; progress: Progress | undefined; held: boolean }>;

function One({ campaign: { station, asOf, finishedAt }, progress, held }: OneGiven) {
  const { t, i18n } = useTranslation('month');
  const pause = usePauseStation(station);
  const go = useContinueStation(station);
  const state = held ? 'held' : finishedAt === null ? 'opening' : 'running';
  const since = day(dayOf(asOf), i18n.language);
  return (
    <li>
      <div>
        <strong>{station}</strong>{' '}
        <span className={`state ${state}`}>{t(`campaign.states.${state}`)}</span>{' '}
        <span className="quiet">{t('campaign.since', { since })}</span>
        {progress && <Bar progress={progress} />}
      </div>
      {held ? (
        <OrderButton order={go} short={t('continue.short')} />
      ) : (
        <OrderButton order={pause} short={t('pause.short')} />
      )}
    </li>
  );
}

const PARTS = ['paid', 'carriedForward', 'handedOver', 'writtenOff', 'open'] as const;

/** Of all the cycles of the month, what became of them; the words below say the same as the colours. */
function Bar({ progress }: { progress: Progress }) {
  const { t, i18n } = useTranslation('month');
  const number = (n: number) => count(n, i18n.language);
  const parts = PARTS.filter((part) => progress[part] > 0);
  return (
    <>
      <div className="bar" aria-hidden="true">
        {parts.map((part) => (
          <span key={part} className={part} style={{ flexGrow: progress[part] }} />
        ))}
      </div>
      <ul className="parts">
        <li>{t('campaign.total', { n: number(progress.total) })}</li>
        {parts.map((part) => (
          <li key={part}>
            <i className={part} aria-hidden="true" />
            {t(`campaign.parts.${part}`)} {number(progress[part])}
          </li>
        ))}
      </ul>
    </>
  );
}
