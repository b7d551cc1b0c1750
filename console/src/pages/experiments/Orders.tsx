import { useTranslation } from 'react-i18next';
import type { Experiment } from '../../../generated/api';
import { call } from '../../lib/api';
import { useEverywhere } from '../../lib/session';
import { both } from '../../lib/both';
import { OrderAction, type Order } from '../../ui/OrderAction';

/** What may be done with one: ask for its end. Another is begun from the report that speaks for it (trials/Orders.tsx). */
export function Orders({ experiment }: { experiment: Experiment }) {
  const { t } = useTranslation('experiments');
  return (
    <section className="card" aria-label={t('orders')}>
      <h2>{t('orders')}</h2>
      <ul className="actions">
        <OrderAction order={useEnd(experiment)} />
      </ul>
    </section>
  );
}

function useEnd({ id, endedAt }: Experiment): Order<object> {
  const { t } = useTranslation('experiments');
  const limited = useEverywhere() ? null : t('allStations');
  return {
    permission: 'policy.activate',
    title: t('end.title'),
    explained: t('end.explained'),
    impossible: limited ?? (endedAt === null ? null : t('end.over')),
    danger: true,
    ...both(({ reason }: { reason: string }, how) =>
      call('POST /experiments/{id}/end', { params: { id }, body: { reason }, ...how }),
    ),
    changes: [['approvals'], ['experiments']],
  };
}
