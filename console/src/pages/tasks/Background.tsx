import { useTranslation } from 'react-i18next';
import type { TaskDetail } from '../../../generated/api';
import { day, levelLabel, money, moment, month } from '../../lib/format';

/** What was: the bills, the last promise, the last contacts and payments. */
export function Background({ task }: { task: TaskDetail }) {
  const { t } = useTranslation('tasks');
  return (
    <div className="task-background">
      <section className="card" aria-label={t('bills')}>
        <h2>{t('bills')}</h2>
        {task.bills.length === 0 ? (
          <p className="quiet">{t('noBills')}</p>
        ) : (
          <Bills bills={task.bills} />
        )}
        <LastPromise task={task} />
      </section>
      <Recent recent={task.recent} />
    </div>
  );
}

function Bills({ bills }: { bills: TaskDetail['bills'] }) {
  const { t, i18n } = useTranslation('tasks');
  return (
    <table className="grid">
      <thead>
        <tr>
          <th scope="col">{t('period')}</th>
          <th scope="col">{t('dueOn')}</th>
          <th scope="col" className="number">
            {t('outstanding')}
          </th>
        </tr>
      </thead>
      <tbody>
        {bills.map(({ billNo, period, dueOn, level, outstandingFen }) => (
          <tr key={billNo}>
            <td>
              {month(period, i18n.language)}{' '}
              <span className="quiet">{t('level', { level: levelLabel(level) })}</span>
            </td>
            <td>{day(dueOn, i18n.language)}</td>
            <td className="number">{money(outstandingFen)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function LastPromise({ task: { lastPromise } }: { task: TaskDetail }) {
  const { t, i18n } = useTranslation('tasks');
  if (lastPromise === null) return null;
  const { promisedOn, madeAt, kept } = lastPromise;
  const state = kept === null ? 'open' : kept ? 'kept' : 'broken';
  return (
    <p className={`after ${state === 'broken' ? 'late' : ''}`}>
      {t(`promise.${state}`, {
        on: day(promisedOn, i18n.language),
        at: moment(madeAt, i18n.language),
      })}
    </p>
  );
}

function Recent({ recent }: { recent: TaskDetail['recent'] }) {
  const { t, i18n } = useTranslation('tasks');
  return (
    <section className="card" aria-label={t('recent')}>
      <h2>{t('recent')}</h2>
      {recent.length === 0 ? (
        <p className="quiet">{t('noRecent')}</p>
      ) : (
        <ol className="story">
          {recent.map(({ at, text }, n) => (
            <li key={recent.length - n}>
              <time className="when" dateTime={at}>
                {moment(at, i18n.language)}
              </time>{' '}
              {text}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
