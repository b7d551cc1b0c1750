import { useTranslation } from 'react-i18next';
import { moment } from '../../lib/format';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useTimeline } from './reads';

/** What did not happen though it was due stands out: it is what people ask about. */
const NOT = ['notSent', 'stepNotTaken', 'channelEnded', 'promiseBroken', 'orderRefused'];

/** All that happened and did not, the latest first. */
export function Timeline({ customerNo }: { customerNo: string }) {
  const { t, i18n } = useTranslation('customer');
  const { data, error, refetch } = useTimeline(customerNo);
  if (error) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Loading height={400} />;
  const rows = data.items.toReversed();
  return (
    <section className="card" aria-label={t('timeline.title')}>
      <h2>{t('timeline.title')}</h2>
      {rows.length === 0 ? (
        <p className="quiet">{t('timeline.none')}</p>
      ) : (
        <ol className="story">
          {rows.map(({ at, kind, text }, n) => (
            <li key={rows.length - n} className={NOT.includes(kind) ? 'not' : ''}>
              <time className="when" dateTime={at}>
                {moment(at, i18n.language)}
              </time>
              {text}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
