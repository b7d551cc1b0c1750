import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueryKey } from '@tanstack/react-query';
import { useMay, type Permission } from '../lib/session';
import { OrderDialog } from './OrderDialog';

export type Order<Given> = Readonly<{
  permission: Permission;
  /** What the button says, and the dialog's title. */
  title: string;
  /** In words what it will do, before it is done. */
  explained: string;
  /** Null: it can be done; else a sentence why not now. */
  impossible?: string | null;
  danger?: true;
  /** Fields beside the reason. */
  fields?: ReactNode;
  give: (given: Given & { reason: string }, key: string) => Promise<unknown>;
  /** What is to be read again afterwards. */
  changes: readonly QueryKey[];
}>;

/** One thing that a person may order: the button, what it does, and where it may not be done, why. */
export function OrderAction<Given extends object>({ order }: { order: Order<Given> }) {
  const { t } = useTranslation();
  const may = useMay();
  const [open, setOpen] = useState(false);
  const why = may(order.permission)
    ? (order.impossible ?? null)
    : t('order.mayNot', { permission: t(`permission.${order.permission}`) });
  return (
    <li>
      <Button danger={order.danger === true} disabled={why !== null} onClick={() => setOpen(true)}>
        {order.title}
      </Button>
      <p>{why ?? order.explained}</p>
      {open && <OrderDialog order={order} close={() => setOpen(false)} />}
    </li>
  );
}
