import { PhoneOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TaskDetail } from '../../../generated/api';
import { levelLabel, money, moment } from '../../lib/format';
import { useWords } from '../../lib/words';
import { Facts } from '../../ui/Facts';
import { FigureList } from '../../ui/FigureList';
import { Mark } from '../../ui/Mark';
import { useNames } from '../../lib/names';
import { OneLetter } from './OneLetter';

/** Whom it is about, how to reach him, and how much it is: all that one looks at before one calls or knocks. */
export function Who({ task }: { task: TaskDetail }) {
  const { t, i18n } = useTranslation('tasks');
  const { word } = useWords();
  const nameOf = useNames();
  const { customer, owedFen, penaltyFen, dueAt, overdue, assignee, whyText, station } = task;
  const { phone, address, email } = customer;
  return (
    <section className="card who" aria-label={t('who')}>
      <p className="tags">
        {overdue && <Mark tone="bad">{t('late')}</Mark>}
        {task.escalated && task.outcome === null && <Mark tone="waits">{t('escalated')}</Mark>}
        <Tag>{t('level', { level: levelLabel(customer.level) })}</Tag>
        <Tag>{word('category', customer.category)}</Tag>
        <span className="quiet">{station}</span>
      </p>
      <p>
        {whyText}{' '}
        <span className="quiet">
          {t('dueBy', { at: moment(dueAt, i18n.language), who: nameOf(assignee) })}
        </span>
      </p>
      <FigureList
        figures={[
          [t('owed'), money(owedFen)],
          [t('penalty'), money(penaltyFen)],
        ]}
      />
      <Call phone={phone} />
      {task.kind === 'letter' && task.outcome === null && <OneLetter id={task.id} />}
      <Facts
        facts={[
          [t('address'), address],
          [t('email'), email],
          [t('language'), t(`languages.${customer.language}`)],
          [
            t('customer'),
            <Link key="all" to={`/customers/${encodeURIComponent(task.customerNo)}`}>
              {t('about')}
            </Link>,
          ],
        ]}
      />
    </section>
  );
}

function Call({ phone }: { phone: string | null }) {
  const { t } = useTranslation('tasks');
  if (phone === null) return <p className="quiet after">{t('noPhone')}</p>;
  return (
    <Button
      className="call"
      type="primary"
      size="large"
      icon={<PhoneOutlined />}
      href={`tel:${phone}`}
    >
      {t('call', { phone })}
    </Button>
  );
}
