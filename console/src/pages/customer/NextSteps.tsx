import { useTranslation } from 'react-i18next';
import type { NextStep } from '../../../generated/api';
import { moment } from '../../lib/format';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useNextSteps } from './reads';

/** The next five steps with their dates, if nothing changes. */
export function NextSteps({ customerNo }: { customerNo: string }) {
  const { t } = useTranslation('customer');
  const { data, error, refetch } = useNextSteps(customerNo);
  if (error) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Loading height={200} />;
  return (
    <section className="card" aria-label={t('next.title')}>
      <h2>{t('next.title')}</h2>
      {data.items.length === 0 ? (
        <p className="quiet">{t('next.none')}</p>
      ) : (
        <ol className="story">
          {data.items.map((step, at) => (
            <Step key={at} step={step} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Step({ step: { at, text } }: { step: NextStep }) {
  const { t, i18n } = useTranslation('customer');
  return (
    <li>
      {at === null ? (
        <span className="when">{t('next.open')}</span>
      ) : (
        <time className="when" dateTime={at}>
          {moment(at, i18n.language)}
        </time>
      )}
      {text}
    </li>
  );
}
