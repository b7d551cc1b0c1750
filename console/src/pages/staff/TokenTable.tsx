import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Token } from '../../../generated/api';
import { call } from '../../lib/api';
import { day, moment } from '../../lib/format';
import type { List } from '../../lib/list';
import { useMay } from '../../lib/session';
import { cellsOf } from '../../ui/columns';
import { ListTable } from '../../ui/DataTable';
import { Mark } from '../../ui/Mark';
import type { Order } from '../../ui/OrderAction';
import { OrderDialog } from '../../ui/OrderDialog';
import { useScopeWords } from './scopes';

type Given = Readonly<{
  list: List<Token>;
  label: string;
  empty: string;
  /** Whose they are; null: the reader's own. */
  owner: string | null;
}>;

/** Tokens without their secrets: what each may, how long, when it was used, and its end. */
export function TokenTable({ list, label, empty, owner }: Given) {
  const { t, i18n } = useTranslation('tokens');
  const scopes = useScopeWords();
  const column = cellsOf<Token>(t);
  const at = (instant: string | null) => (instant === null ? '–' : moment(instant, i18n.language));
  return (
    <ListTable
      label={label}
      list={list}
      empty={empty}
      keyOf={({ id }) => id}
      columns={[
        column('name', ({ name, id }) => (
          <>
            {name}
            <span className="quiet token-id">{id}</span>
          </>
        )),
        { ...column('scopes', (token) => scopes(token.scopes)), wide: true },
        column('expiresAt', ({ expiresAt }) =>
          expiresAt === null ? t('never') : day(expiresAt.slice(0, 10), i18n.language),
        ),
        { ...column('lastUsedAt', ({ lastUsedAt }) => at(lastUsedAt)), wide: true },
        column('stateIs', (token) =>
          token.revokedAt === null ? (
            <Revoke token={token} owner={owner} />
          ) : (
            <Mark tone="plain">{t('revoked')}</Mark>
          ),
        ),
      ]}
    />
  );
}

function Revoke({ token: { id, name }, owner }: { token: Token; owner: string | null }) {
  const { t } = useTranslation('tokens');
  const [open, setOpen] = useState(false);
  const may = useMay();
  const order: Order<object> = {
    permission: owner === null ? 'token.own' : 'staff.write',
    title: t('revoke.title'),
    explained: t('revoke.explained', { name }),
    danger: true,
    give: ({ reason }, key) =>
      owner === null
        ? call('POST /tokens/{id}/revoke', { params: { id }, body: { reason }, key })
        : call('POST /users/{username}/tokens/{id}/revoke', {
            params: { username: owner, id },
            body: { reason },
            key,
          }),
    changes: [['tokens'], ['users']],
  };
  if (!may(order.permission)) return <Mark tone="good">{t('inUse')}</Mark>;
  return (
    <>
      <Button
        size="small"
        danger
        aria-label={t('revoke.of', { name })}
        onClick={() => setOpen(true)}
      >
        {order.title}
      </Button>
      {open && <OrderDialog order={order} close={() => setOpen(false)} />}
    </>
  );
}
