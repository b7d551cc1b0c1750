import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '../../lib/format';
import { addressOf } from '../../lib/api';
import { useMay } from '../../lib/session';
import { OrderDialog } from '../../ui/OrderDialog';
import { useBulkHold, useBulkRelease, type Reach } from './bulk';
import { BulkOrders, useBulkOrders } from './BulkOrders';
import { CHOSEN_MAX, type Choice } from './choice';
import type { Filters } from './address';
import { wantedOf } from './query';

type Given = { filters: Filters; choice: Choice; fitting: number };

/** What can be done with many at once: hold, release, take home as a file; and where that may not be done, why. */
export function Toolbar({ filters, choice, fitting }: Given) {
  const { t } = useTranslation('customers');
  const may = useMay();
  const [open, setOpen] = useState<'hold' | 'release' | 'history' | null>(null);
  const { running } = useBulkOrders();
  const { all, chosen } = choice;
  const n = all ? fitting : chosen.size;
  const reach: Reach = {
    filter: { ...wantedOf(filters), ...(all ? {} : { customerNos: [...chosen] }) },
    started: () => {
      choice.clear();
      setOpen('history');
    },
  };
  const mayNot = t('common:order.mayNot', { permission: t('common:permission.bulk.order') });
  const why = may('bulk.order') ? (n === 0 ? t('bulk.nobody') : null) : mayNot;
  // An order that was given has opened what follows it; closing its dialog must not close that.
  const close = () => setOpen((now) => (now === 'history' ? now : null));
  return (
    <div className="toolbar">
      <Chosen choice={choice} fitting={fitting} />
      <Button disabled={why !== null} onClick={() => setOpen('hold')}>
        {t('bulk.hold')}
      </Button>
      <Button disabled={why !== null} onClick={() => setOpen('release')}>
        {t('bulk.release')}
      </Button>
      <span className="quiet why">{why}</span>
      {may('bulk.order') && (
        <Button type="text" onClick={() => setOpen('history')}>
          {running > 0 ? t('bulk.running', { n: running }) : t('bulk.history')}
        </Button>
      )}
      {may('export.read') ? (
        <Button href={addressOf('/exports/customers', wantedOf(filters))} download>
          {t('export')}
        </Button>
      ) : (
        <>
          <Button disabled>{t('export')}</Button>
          <span className="quiet">{t('mayNotExport')}</span>
        </>
      )}
      {open === 'hold' && <Hold reach={reach} close={close} />}
      {open === 'release' && <Release reach={reach} close={close} />}
      <BulkOrders open={open === 'history'} close={() => setOpen(null)} />
    </div>
  );
}

/** Mounted when asked for, so that each order has a key of its own. */
function Hold({ reach, close }: { reach: Reach; close: () => void }) {
  return <OrderDialog order={useBulkHold(reach)} close={close} />;
}
function Release({ reach, close }: { reach: Reach; close: () => void }) {
  return <OrderDialog order={useBulkRelease(reach)} close={close} />;
}

function Chosen({ choice, fitting }: Omit<Given, 'filters'>) {
  const { t, i18n } = useTranslation('customers');
  const { all, chosen, takeAll, clear } = choice;
  const n = all ? fitting : chosen.size;
  const full = chosen.size >= CHOSEN_MAX;
  const words = all ? 'bulk.all' : 'bulk.chosen';
  return (
    <>
      <span role="status" className="chosen">
        {t(words, { n: count(n, i18n.language) })}
        {full && ` ${t('bulk.full', { n: CHOSEN_MAX })}`}
      </span>
      {n === 0 ? (
        <Button type="link" disabled={fitting === 0} onClick={() => takeAll(true)}>
          {t('bulk.takeAll', { n: count(fitting, i18n.language) })}
        </Button>
      ) : (
        <Button type="link" onClick={clear}>
          {t('bulk.clear')}
        </Button>
      )}
    </>
  );
}
