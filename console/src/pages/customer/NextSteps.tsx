import { useTranslation } from 'react-i18next';
import type { NextStep } from '../../../generated/api';
import { moment } from '../../lib/format';
import { useWords } from '../../lib/words';
import { useNextSteps } from './reads';

/** The next five steps with their dates, if nothing changes. */
export function NextSteps({ customerNo }: { customerNo: string }) {
  const { t } = useTranslation('customer');
  const { data } = useNextSteps(customerNo);
  const steps = data?.items ?? [];
  return (
    <section className="card next" aria-label={t('next.title')}>
      <h2>{t('next.title')}</h2>
      {steps.length === 0 ? (
        <p className="quiet">{t('next.none')}</p>
      ) : (
        <ol className="story">
          {steps.map((step, at) => (
            <Step key={at} step={step} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Step({ step: { at, text, because } }: { step: NextStep }) {
  const { t, i18n } = useTranslation('customer');
  const { word } = useWords();
  return (
    <li>
      {at === null ? (
        <span className="when">{t('next.open')}</span>
      ) : (
        <time className="when" dateTime={at}>
          {moment(at, i18n.language)}
        </time>
      )}
      <span>
        {text}
        {because.length > 0 && (
          <span className="quiet">
            {' '}
            {t('next.later', { why: because.map((one) => word('because', one)).join(t('and')) })}
          </span>
        )}
      </span>
    </li>
  );
}
