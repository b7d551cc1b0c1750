import { Button } from 'antd';
import { useState } from 'react';
import { useWhyNot } from './OrderButton';
import { OrderDialog, type Order } from './OrderDialog';

export type { Order };

/** One thing that a person may order: the button, what it does, and where it may not be done, why. */
export function OrderAction<Given extends object>({ order }: { order: Order<Given> }) {
  const [open, setOpen] = useState(false);
  const why = useWhyNot(order);
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
