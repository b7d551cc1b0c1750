import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { MonthPage } from '../../../generated/api';
import { count } from '../../lib/format';
import { useWords } from '../../lib/words';
import { addressOf } from './links';
import { sortsOf, SORTS, type Sort } from './messages';
import type { Station } from './reads';

type Given = Readonly<{ page: MonthPage; station: Station }>;

/** What people have to do, by kind; each number leads to the tasks. */
export function TasksDue({ page: { tasks }, station }: Given) {
  const { t } = useTranslation('month');
  const { word } = useWords();
  return (
    <section className="card" aria-label={t('tasks.title')}>
      <h2>{t('tasks.title')}</h2>
      {tasks.length === 0 ? (
        <p className="quiet">{t('tasks.none')}</p>
      ) : (
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">{t('tasks.kind')}</th>
              <th scope="col" className="number">
                {t('tasks.overdue')}
              </th>
              <th scope="col" className="number">
                {t('tasks.today')}
              </th>
              <th scope="col" className="number">
                {t('tasks.open')}
              </th>
            </tr>
          </thead>
          <tbody>
            {tasks.map(({ kind, overdue, dueToday, open }) => (
              <tr key={kind}>
                <th scope="row">{word('task', kind)}</th>
                <Linked n={overdue} bad to={{ kind, due: 'overdue', station }} />
                <Linked n={dueToday} to={{ kind, due: 'today', station }} />
                <Linked n={open} to={{ kind, station }} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

type To = Readonly<Record<string, string | undefined>>;

function Linked({ n, to, bad }: Readonly<{ n: number; to: To; bad?: true }>) {
  const { i18n } = useTranslation();
  return (
    <td className="number">
      {n === 0 ? (
        <span className="quiet">0</span>
      ) : (
        <Link className={bad ? 'worse' : ''} to={addressOf('/tasks', { whose: 'all', ...to })}>
          {count(n, i18n.language)}
        </Link>
      )}
    </td>
  );
}

const BAD: readonly Sort[] = ['failed', 'unknown'];

/** What was sent since midnight and what became of it. */
export function Messages({ page: { messages }, station }: Given) {
  const { t, i18n } = useTranslation('month');
  const sorts = sortsOf(messages);
  const shown = SORTS.filter((sort) => sorts[sort].all > 0 || sort === 'sent' || sort === 'failed');
  const number = (n: number) => count(n, i18n.language);
  return (
    <section className="card" aria-label={t('messages.title')}>
      <h2>{t('messages.title')}</h2>
      <table className="grid">
        <thead>
          <tr>
            <th scope="col">{t('messages.state')}</th>
            <th scope="col" className="number">
              {t('messages.sms')}
            </th>
            <th scope="col" className="number">
              {t('messages.email')}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((sort) => (
            <tr key={sort} className={BAD.includes(sort) && sorts[sort].all > 0 ? 'worse' : ''}>
              <th scope="row">{t(`messages.sorts.${sort}`)}</th>
              <td className="number">{number(sorts[sort].sms)}</td>
              <td className="number">{number(sorts[sort].email)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {sorts.failed.all > 0 && (
        <p className="after">
          <Link to={addressOf('/customers', { flags: 'suppressed', station })}>
            {t('messages.suppressed')}
          </Link>
        </p>
      )}
    </section>
  );
}
