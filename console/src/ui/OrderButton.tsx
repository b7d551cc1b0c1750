import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../lib/session';

import { OrderDialog, type Order } from './OrderDialog';

/** Where there is no room for what the order does: the dialog says it. `short` is read only where the title would say the same twice. */
export function OrderButton<Given extends object>({
  order,
  short,
  primary,
}: Readonly<{ order: Order<Given>; short?: string; primary?: true }>) {
  const { t } = useTranslation();
  const may = useMay();
  const [open, setOpen] = useState(false);
  const why = may(order.permission)
    ? (order.impossible ?? null)
    : t('order.mayNot', { permission: t(`permission.${order.permission}`) });
  return (
    <>
      <Button
        danger={order.danger === true}
        type={primary ? 'primary' : 'default'}
        disabled={why !== null}
        title={why ?? ''}
        aria-label={order.title}
        onClick={() => setOpen(true)}
      >
        {short ?? order.title}
      </Button>
      {open && <OrderDialog order={order} close={() => setOpen(false)} />}
    </>
  );
}
