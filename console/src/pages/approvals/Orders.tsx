import { useTranslation } from 'react-i18next';
import type { Approval } from '../../../generated/api';
import { call } from '../../lib/api';
import { useSession } from '../../lib/session';
import { OrderAction, type Order } from '../../ui/OrderAction';
import { useWanted } from './wanted';

/** Approve or reject for another person, withdraw for who asked; what the reader may not is there with its reason. */
export function Orders({ approval }: { approval: Approval }) {
  const { t } = useTranslation('approvals');
  const { inFull } = useWanted();
  const { data: session } = useSession();
  const own = session?.username === approval.requestedBy;
  const over = approval.decision === null ? null : t('over');
  const orders = {
    approve: {
      ...useDecision(approval, 'approve'),
      explained: t('approve.explained', { what: inFull(approval) }),
      impossible: over ?? (own ? t('ownApprove') : null),
    },
    reject: {
      ...useDecision(approval, 'reject'),
      explained: t('reject.explained'),
      impossible: over ?? (own ? t('ownReject') : null),
      danger: true,
    },
    withdraw: {
      permission: 'approval.decide',
      title: t('withdraw.title'),
      explained: t('withdraw.explained'),
      impossible: over ?? (own ? null : t('notOwn', { name: approval.requestedBy })),
      give: ({ reason }, key) =>
        call('POST /approvals/{id}/withdrawal', {
          params: { id: approval.id },
          body: { reason },
          key,
        }),
      changes: CHANGES,
    },
  } satisfies Record<string, Order<object>>;
  return (
    <section className="card" aria-label={t('orders')}>
      <h2>{t('orders')}</h2>
      <ul className="actions">
        <OrderAction order={orders.approve} />
        <OrderAction order={orders.reject} />
        <OrderAction order={orders.withdraw} />
      </ul>
    </section>
  );
}

/** What is decided may change a grade, a penalty or the policy in force. */
const CHANGES = [['approvals'], ['customers'], ['policies']];

function useDecision(
  { id }: Approval,
  decision: 'approve' | 'reject',
): Pick<Order<object>, 'permission' | 'title' | 'give' | 'changes'> {
  const { t } = useTranslation('approvals');
  return {
    permission: 'approval.decide',
    title: t(`${decision}.title`),
    give: ({ reason }, key) =>
      call('POST /approvals/{id}/decision', { params: { id }, body: { decision, reason }, key }),
    changes: CHANGES,
  };
}
