import { Button, Input } from 'antd';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskDetail } from '../../../generated/api';
import { call } from '../../lib/api';
import { useOrder } from '../../lib/order';
import { useMay } from '../../lib/session';
import { Failure } from '../../ui/Failure';
import { TASKS } from './reads';

type Ending = TaskDetail['endings'][number];
type Given = Readonly<{ outcome: string; note: string; promisedOn: string }>;

/** What it came to: a large button for each outcome, with what it does; then only what that outcome needs. */
export function Outcome({ task }: { task: TaskDetail }) {
  const { t } = useTranslation('tasks');
  const [chosen, choose] = useState<Ending | null>(null);
  const may = useMay();
  const permission = task.kind === 'review' ? 'task.review' : 'task.finish';
  const why = may(permission)
    ? null
    : t('common:order.mayNot', { permission: t(`common:permission.${permission}`) });
  return (
    <section className="card" aria-label={t('outcome')}>
      <h2>{t('outcome')}</h2>
      {why !== null && <p>{why}</p>}
      <ul className="endings">
        {task.endings.map((ending) => (
          <li key={ending.outcome}>
            <button
              type="button"
              disabled={why !== null}
              aria-pressed={chosen?.outcome === ending.outcome}
              onClick={() => choose(ending)}
            >
              <strong>{ending.label}</strong>
              <span>{ending.effect}</span>
            </button>
            {chosen?.outcome === ending.outcome && (
              <Details key={ending.outcome} task={task} ending={ending} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Right below the button that was pressed, where the thumb is. */
function Details({ task, ending }: { task: TaskDetail; ending: Ending }) {
  const { t } = useTranslation('tasks');
  const [note, setNote] = useState('');
  const [promisedOn, setPromisedOn] = useState('');
  const { id, customerNo } = task;
  const { mutate, error, isPending } = useOrder(
    (given: Given, key) => {
      const day = given.promisedOn === '' ? {} : { promisedOn: given.promisedOn };
      const body = { outcome: given.outcome, note: given.note, ...day };
      return call('POST /tasks/{id}/outcome', { params: { id }, body, key });
    },
    { said: ending.label, changes: [TASKS, ['customers', customerNo], ['month']] },
  );
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    mutate({ outcome: ending.outcome, note: note.trim(), promisedOn });
  };
  return (
    <form className="ending" onSubmit={send} aria-label={ending.label}>
      {ending.needs === 'promisedOn' && (
        <label>
          {t('promisedOn')}
          <Input
            type="date"
            size="large"
            required
            value={promisedOn}
            onChange={({ target }) => setPromisedOn(target.value)}
          />
        </label>
      )}
      <label>
        {ending.needs === 'note' ? t('noteNeeded') : t('note')}
        <Input.TextArea
          rows={2}
          maxLength={2000}
          required={ending.needs === 'note'}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
      </label>
      {error && <Failure error={error} />}
      <Button type="primary" size="large" block htmlType="submit" loading={isPending}>
        {t('finish', { outcome: ending.label })}
      </Button>
    </form>
  );
}
