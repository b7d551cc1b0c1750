import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { User } from '../../../generated/api';
import { call } from '../../lib/api';
import { useList } from '../../lib/list';
import { useMay } from '../../lib/session';
import { cellsOf } from '../../ui/columns';
import { ListTable, type Cells } from '../../ui/DataTable';
import { Mark } from '../../ui/Mark';
import type { Order } from '../../ui/OrderAction';
import { OrderDialog } from '../../ui/OrderDialog';
import { PageHead } from '../../ui/PageHead';
import { PasswordField, PersonFields, personOf, type Person } from './person';

/** Who works with Tarim, in which role and where. */
export default function Users() {
  const { t } = useTranslation('users');
  const list = useList(['users', 'list'], ({ cursor, signal }) =>
    call('GET /users', { query: { cursor, limit: 200 }, signal }),
  );
  return (
    <>
      <PageHead title={t('title')}>
        <Create />
      </PageHead>
      <ListTable
        label={t('title')}
        list={list}
        columns={useColumns()}
        keyOf={({ username }) => username}
        empty={t('empty')}
      />
    </>
  );
}

function useColumns(): Cells<User>[] {
  const { t } = useTranslation('users');
  const column = cellsOf<User>(t);
  return [
    column('username', ({ username }) => (
      <Link to={`/users/${encodeURIComponent(username)}`}>{username}</Link>
    )),
    column('name', ({ name }) => name),
    column('role', ({ role }) => <span className="whole">{t(`common:role.${role}`)}</span>),
    {
      ...column('stations', ({ stations }) =>
        stations === null ? t('all') : stations.join(t('and')),
      ),
      wide: true,
    },
    { ...column('assignee', ({ assignee }) => assignee ?? '–'), wide: true },
    column('stateIs', (user) => <Locked user={user} />),
  ];
}

/** Whether the person may come in, in a word. */
export function Locked({ user: { disabledAt } }: { user: User }) {
  const { t } = useTranslation('users');
  return disabledAt === null ? (
    <Mark tone="good">{t('active')}</Mark>
  ) : (
    <Mark tone="bad">{t('locked')}</Mark>
  );
}

type New = Person & { username: string; password?: string };

function Create() {
  const { t } = useTranslation('users');
  const may = useMay();
  const [open, setOpen] = useState(false);
  const order: Order<New> = {
    permission: 'staff.write',
    title: t('create.title'),
    explained: t('create.explained'),
    fields: (
      <>
        <Form.Item
          name="username"
          label={t('username')}
          extra={t('usernameHint')}
          rules={[{ required: true, whitespace: true, message: t('common:required') }]}
        >
          <Input maxLength={64} autoComplete="off" />
        </Form.Item>
        <PersonFields />
        <PasswordField optional />
      </>
    ),
    give: ({ username, password = '', reason, ...person }, key) =>
      call('POST /users', {
        body: { username, ...personOf(person), reason, ...(password === '' ? {} : { password }) },
        key,
      }),
    changes: [['users']],
  };
  if (!may(order.permission))
    return (
      <span className="quiet">
        {t('common:order.mayNot', { permission: t('common:permission.staff.write') })}
      </span>
    );
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {order.title}
      </Button>
      {open && <OrderDialog order={order} close={() => setOpen(false)} />}
    </>
  );
}
