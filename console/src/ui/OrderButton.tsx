import { Button } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../lib/session';
import { OrderDialog, type Order } from './OrderDialog';

/** Where there is no room for what the order does: the dialog says it; why it cannot be done stands beside. `short` is read only where the title would say the same twice. */
export function OrderButton<Given extends object>({
  order,
  short,
  primary,
}: Readonly<{ order: Order<Given>; short?: string; primary?: true }>) {
  const [open, setOpen] = useState(false);
  const why = useWhyNot(order);
  const id = useId();
  return (
    <span className="order">
      <Button
        danger={order.danger === true}
        type={primary ? 'primary' : 'default'}
        disabled={why !== null}
        aria-label={order.title}
        aria-describedby={why === null ? undefined : id}
        onClick={() => setOpen(true)}
      >
        {short ?? order.title}
      </Button>
      {why !== null && (
        <small id={id} className="quiet">
          {why}
        </small>
      )}
      {open && <OrderDialog order={order} close={() => setOpen(false)} />}
    </span>
  );
}

/** Why the reader cannot give an order now, in a sentence; null when he can. */
export function useWhyNot({
  permission,
  impossible = null,
}: Pick<Order<object>, 'permission' | 'impossible'>): string | null {
  const { t } = useTranslation();
  const may = useMay();
  return may(permission)
    ? impossible
    : t('order.mayNot', { permission: t(`permission.${permission}`) });
}
