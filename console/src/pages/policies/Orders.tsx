import { useQuery } from '@tanstack/react-query';
import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Policy } from '../../../generated/api';
import { call } from '../../lib/api';
import { day } from '../../lib/format';
import { useEverywhere, useMay } from '../../lib/session';
import { OrderAction, type Order } from '../../ui/OrderAction';

/** What may be done with a version: draft the next one from it, and for a draft change it, take it back, or ask to put it in force. */
export function Orders({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies');
  const { id, state } = policy;
  const may = useMay();
  const draftable = may('policy.draft');
  const title = t(state === 'draft' ? 'edit.change' : 'edit.from');
  return (
    <section className="card" aria-label={t('orders')}>
      <h2>{t('orders')}</h2>
      <ul className="actions">
        <li>
          {draftable ? (
            <Link to={`/policies/${encodeURIComponent(id)}/draft`}>{title}</Link>
          ) : (
            <span>{title}</span>
          )}
          <p>
            {draftable
              ? t(state === 'draft' ? 'edit.changeExplained' : 'edit.fromExplained')
              : t('common:order.mayNot', { permission: t('common:permission.policy.draft') })}
          </p>
        </li>
        <li>
          <Link to={`/policies/${encodeURIComponent(id)}/trial`}>{t('trial.title')}</Link>
          <p>{t('trial.explained')}</p>
        </li>
        <OrderAction order={useActivation(policy)} />
        <OrderAction order={useWithdrawal(policy)} />
      </ul>
      <Waiting id={id} />
    </section>
  );
}

/** Without a report, which the page of the trial attaches: in haste, with the reason on record. */
function useActivation({
  id,
  state,
  faults,
  effectiveFrom,
}: Policy): Order<{ withoutReport: string }> {
  const { t, i18n } = useTranslation('policies');
  const everywhere = useEverywhere();
  const { data: waiting } = useWaiting(id);
  const impossible =
    state !== 'draft'
      ? t('activate.notDraft')
      : faults.length > 0
        ? t('activate.faults')
        : !everywhere
          ? t('activate.allStations')
          : waiting === undefined
            ? null
            : t('activate.waits', { name: waiting.requestedBy });
  return {
    permission: 'policy.activate',
    title: t('activate.title'),
    explained: t('activate.explained', { effectiveFrom: day(effectiveFrom, i18n.language) }),
    impossible,
    fields: (
      <Form.Item
        name="withoutReport"
        label={t('activate.without')}
        rules={[{ required: true, whitespace: true, message: t('activate.withoutNeeded') }]}
      >
        <Input maxLength={500} />
      </Form.Item>
    ),
    give: ({ reason, withoutReport }, key) =>
      call('POST /policies/{id}/activation', {
        ...{ params: { id }, key },
        body: { reason, withoutReport },
      }),
    changes: [['approvals'], ['policies']],
  };
}

function useWithdrawal({ id, state }: Policy): Order<object> {
  const { t } = useTranslation('policies');
  const navigate = useNavigate();
  return {
    permission: 'policy.draft',
    title: t('withdraw.title'),
    explained: t('withdraw.explained'),
    impossible: state === 'draft' ? null : t('withdraw.notDraft'),
    danger: true,
    async give({ reason }, key) {
      await call('POST /policies/{id}/withdrawal', { params: { id }, body: { reason }, key });
      await navigate('/policies');
    },
    changes: [['policies', 'list']],
  };
}

/** The activation of this version that waits for a second person, as far as the reader may see it. */
function useWaiting(id: string) {
  const may = useMay();
  return useQuery({
    queryKey: ['approvals', 'activations'],
    queryFn: ({ signal }) =>
      call('GET /approvals', { query: { kind: 'policyActivation', limit: 200 }, signal }),
    enabled: may('approval.read'),
    select: ({ items }) => items.find(({ body }) => body['policyId'] === id),
  });
}

function Waiting({ id }: { id: string }) {
  const { t } = useTranslation('policies');
  const { data } = useWaiting(id);
  if (data === undefined) return null;
  return (
    <p>
      <Link to={`/approvals/${encodeURIComponent(data.id)}`}>{t('activate.see')}</Link>
    </p>
  );
}
