import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TaskDetail } from '../../../generated/api';
import { call } from '../../lib/api';
import { OrderAction } from '../../ui/OrderAction';
import type { Order } from '../../ui/OrderDialog';
import { useNames } from '../../lib/names';
import { TASKS, useAssignees } from './reads';

/** To somebody else; its due instant stays. */
export function HandOver({ task }: { task: TaskDetail }) {
  const { t } = useTranslation('tasks');
  return (
    <section className="card" aria-label={t('handOver.title')}>
      <ul className="actions">
        <OrderAction order={useHandOver(task)} />
      </ul>
    </section>
  );
}

function useHandOver({ id, assignee, station }: TaskDetail): Order<{ assignee: string }> {
  const { t } = useTranslation('tasks');
  const nameOf = useNames();
  return {
    permission: 'task.assign',
    title: t('handOver.title'),
    explained: t('handOver.explained', { who: nameOf(assignee) }),
    fields: <To station={station} not={assignee} />,
    give: (body, key) => call('POST /tasks/{id}/assignment', { params: { id }, body, key }),
    changes: [TASKS, ['month']],
  };
}

/** Who of the station can have it, and how much each has already. */
function To({ station, not }: Readonly<{ station: string; not: string }>) {
  const { t } = useTranslation('tasks');
  const nameOf = useNames();
  const { data } = useAssignees(station);
  const options = (data?.items ?? [])
    .filter(({ assignee }) => assignee !== not)
    .map(({ assignee, name, open }) => ({
      value: assignee,
      label: t('handOver.who', { who: nameOf(assignee, name), n: open }),
    }));
  return (
    <Form.Item
      name="assignee"
      label={t('handOver.to')}
      rules={[{ required: true, message: t('common:required') }]}
    >
      <Select options={options} showSearch={{ optionFilterProp: 'label' }} />
    </Form.Item>
  );
}
