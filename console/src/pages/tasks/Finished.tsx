import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { TaskDetail } from '../../../generated/api';
import { useWords } from '../../lib/words';
import { Failure } from '../../ui/Failure';
import { useNextTask, type Filters } from './reads';

/** What became of it, and the next of the same list. */
export function Finished({ task, filters }: Readonly<{ task: TaskDetail; filters: Filters }>) {
  const { t } = useTranslation('tasks');
  const place = useRef<HTMLElement>(null);
  // Who has just finished it stands at a button that is gone.
  useEffect(() => {
    if (document.activeElement === document.body) place.current?.focus();
  }, []);
  const label = task.endings.find(({ outcome }) => outcome === task.outcome)?.label;
  return (
    <section className="card" aria-label={t('finished')} ref={place} tabIndex={-1}>
      <h2>{t('finished')}</h2>
      <p>
        <strong>{label ?? task.outcome}</strong>
      </p>
      {task.note !== '' && <p className="wrapped">{task.note}</p>}
      <Next task={task} filters={filters} />
    </section>
  );
}

function Next({ task, filters }: Readonly<{ task: TaskDetail; filters: Filters }>) {
  const { t } = useTranslation('tasks');
  const { word } = useWords();
  const { search } = useLocation();
  const { data, error, refetch } = useNextTask(filters, task.id);
  if (error) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <p className="quiet next">{t('common:loading')}</p>;
  if (data === null) return <p className="quiet next">{t('noNext')}</p>;
  return (
    <Link className="next" to={`/tasks/${data.id}${search}`}>
      {t('next', { kind: word('task', data.kind), name: data.name })}
    </Link>
  );
}
