import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../lib/session';
import { OrderDialog, type Order } from './OrderDialog';

export type { Order };

/** One thing that a person may order: the button, what it does, and where it may not be done, why. */
export function OrderAction<Given extends object>({ order }: { order: Order<Given> }) {
  const { t } = useTranslation();
  const may = useMay();
  const [open, setOpen] = useState(false);
  const why = may(order.permission)
    ? (order.impossible ?? null)
    : t('order.mayNot', { permission: t(`permission.${order.permission}`) });
  return (
    <li className={why === null ? '' : 'cannot'}>
      <Button danger={order.danger === true} disabled={why !== null} onClick={() => setOpen(true)}>
        {order.title}
      </Button>
      <p>{why ?? order.explained}</p>
      {open && <OrderDialog order={order} close={() => setOpen(false)} />}
    </li>
  );
}
