import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Progress } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BulkOrder } from '../../../generated/api';
import { call } from '../../lib/api';
import { count, moment } from '../../lib/format';
import { useMay } from '../../lib/session';
import { Failure } from '../../ui/Failure';
import { OrderDialog } from '../../ui/OrderDialog';
import { BULK, useBulkRelease, useStop } from './bulk';

const RUNNING_MS = 1_000;
const QUIET_MS = 30_000;
const LATEST = 20;

/** The latest bulk orders, whoever gave them; while one runs it is followed closely, and when it ends the customers are read again. */
export function useBulkOrders() {
  const client = useQueryClient();
  const enabled = useMay()('bulk.order');
  const { data, error, refetch } = useQuery({
    queryKey: BULK,
    queryFn: ({ signal }) => call('GET /bulk-orders', { query: { limit: LATEST }, signal }),
    enabled,
    refetchInterval: ({ state }) =>
      state.data?.items.some(isRunning) === true ? RUNNING_MS : QUIET_MS,
  });
  const running = data?.items.filter(isRunning).length ?? 0;
  const before = useRef(running);
  useEffect(() => {
    if (running < before.current) void client.invalidateQueries({ queryKey: ['customers'] });
    before.current = running;
  }, [running, client]);
  return { items: data?.items ?? [], error, refetch, running };
}

const isRunning = ({ state }: BulkOrder): boolean => state === 'running';

/** What runs and what ran, with how far it came, stop, and what was refused. */
export function BulkOrders({ open, close }: { open: boolean; close: () => void }) {
  const { t } = useTranslation('customers');
  const { items, error, refetch } = useBulkOrders();
  return (
    <Drawer title={t('bulk.history')} size={480} open={open} onClose={close}>
      {error && <Failure error={error} again={() => void refetch()} />}
      {items.length === 0 && !error && <p className="quiet">{t('bulk.none')}</p>}
      {items.map((one) => (
        <One key={one.id} order={one} />
      ))}
    </Drawer>
  );
}

function One({ order }: { order: BulkOrder }) {
  const { t, i18n } = useTranslation('customers');
  const { kind, state, total, done, refused, actor, at, reason } = order;
  const numbers = { n: count(done, i18n.language), total: count(total, i18n.language) };
  const title = t(`bulk.${kind}`);
  return (
    <section className="bulk" aria-label={`${title} ${moment(at, i18n.language)}`}>
      <h3>
        {title} · {t(`bulk.state.${state}`)}
      </h3>
      <Progress
        aria-label={t('bulk.progress', numbers)}
        percent={total === 0 ? 100 : Math.floor(((done + refused) / total) * 100)}
        status={state === 'stopped' ? 'exception' : state === 'running' ? 'active' : 'success'}
      />
      <p role="status">
        {t('bulk.progress', numbers)}
        {refused > 0 && t('bulk.refused', { n: count(refused, i18n.language) })}
      </p>
      <p className="quiet">
        {actor} · {moment(at, i18n.language)} · {reason}
      </p>
      <After order={order} />
    </section>
  );
}

/** What can be done about it: stop while it runs; afterwards take a hold back, and see who was left out. */
function After({ order }: { order: BulkOrder }) {
  const { t } = useTranslation('customers');
  const [open, setOpen] = useState<'stop' | 'back' | 'refused' | null>(null);
  const close = () => setOpen(null);
  const { id, kind, state, done, refused } = order;
  return (
    <>
      {isRunning(order) && (
        <Button danger onClick={() => setOpen('stop')}>
          {t('bulk.stop')}
        </Button>
      )}
      {kind === 'hold' && state !== 'running' && done > 0 && (
        <Button onClick={() => setOpen('back')}>{t('bulk.back')}</Button>
      )}
      {refused > 0 && (
        <Button
          type="link"
          aria-expanded={open === 'refused'}
          onClick={() => setOpen(open === 'refused' ? null : 'refused')}
        >
          {t('bulk.whoRefused')}
        </Button>
      )}
      {open === 'stop' && <Stop id={id} close={close} />}
      {open === 'back' && <Back id={id} close={close} />}
      {open === 'refused' && <Refused id={id} />}
    </>
  );
}

function Stop({ id, close }: { id: string; close: () => void }) {
  return <OrderDialog order={useStop(id)} close={close} />;
}

/** Exactly the holds of that order end, no others. */
function Back({ id, close }: { id: string; close: () => void }) {
  const order = useBulkRelease({ filter: { heldBy: id }, started: () => undefined });
  return <OrderDialog order={order} close={close} />;
}

const READ = 200;

function Refused({ id }: { id: string }) {
  const { t } = useTranslation('customers');
  const { data, error, refetch } = useQuery({
    queryKey: [...BULK, id, 'customers'],
    queryFn: ({ signal }) =>
      call('GET /bulk-orders/{id}/customers', { params: { id }, query: { limit: READ }, signal }),
  });
  if (error) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <p className="quiet">{t('common:loading')}</p>;
  return (
    <ul>
      {data.items
        .filter(({ refusedBecause }) => refusedBecause !== null)
        .map(({ customerNo, refusedBecause }) => (
          <li key={customerNo}>
            <Link to={`/customers/${encodeURIComponent(customerNo)}`}>{customerNo}</Link>{' '}
            {refusedBecause}
          </li>
        ))}
    </ul>
  );
}
