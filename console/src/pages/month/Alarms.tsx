import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Hold, MonthPage } from '../../../generated/api';
import { moment } from '../../lib/format';
import { OrderButton } from '../../ui/OrderButton';
import { useContinueStation, useResumeAll } from './stopping';

/** What stands still by order, with its release, and what is unhealthy; nothing when all is well. */
export function Alarms({ page: { holds, unhealthy } }: { page: MonthPage }) {
  const { t } = useTranslation('month');
  const all = holds.filter(({ scope }) => scope === 'everything');
  const stations = holds.filter(({ scope }) => scope === 'station');
  return (
    <div className="alarms">
      {all[0] && <Stopped hold={all[0]} />}
      {stations.map((hold) => (
        <Paused key={hold.id} hold={hold} />
      ))}
      {unhealthy.length > 0 && (
        <Alert
          type="warning"
          showIcon
          role="status"
          title={t('unhealthy')}
          description={
            <ul className="troubles">
              {unhealthy.map(({ what, text }) => (
                <li key={what}>{text}</li>
              ))}
            </ul>
          }
        />
      )}
    </div>
  );
}

function Stopped({ hold }: { hold: Hold }) {
  const { t } = useTranslation('month');
  const order = useResumeAll();
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={<strong>{t('stopped.title')}</strong>}
      description={<About hold={hold} what={t('stopped.what')} />}
      action={<OrderButton order={order} primary />}
    />
  );
}

function Paused({ hold }: { hold: Hold }) {
  const { t } = useTranslation('month');
  const order = useContinueStation(hold.ref);
  return (
    <Alert
      type="warning"
      showIcon
      role="status"
      title={t('paused.title', { station: hold.ref })}
      description={<About hold={hold} what={t('paused.what')} />}
      action={<OrderButton order={order} short={t('continue.short')} />}
    />
  );
}

function About({ hold, what }: { hold: Hold; what: string }) {
  const { t, i18n } = useTranslation('month');
  const { placedBy, placedAt, reason, until } = hold;
  const end = until === null ? t('openEnd') : t('until', { at: moment(until, i18n.language) });
  return (
    <>
      <p>{what}</p>
      <p className="quiet">
        {t('placed', { by: placedBy, at: moment(placedAt, i18n.language), reason })}
        {end}
      </p>
    </>
  );
}
