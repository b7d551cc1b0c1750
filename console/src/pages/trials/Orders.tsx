import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Capacities, ResponseModel, Simulation } from '../../../generated/api';
import { call } from '../../lib/api';
import { useEverywhere } from '../../lib/session';
import { JsonFile, read } from '../../ui/JsonFile';
import { OrderAction, type Order } from '../../ui/OrderAction';
import { both } from '../../lib/both';
import { usePolicy } from '../policies/reads';
import { isUnderWay, useReport } from './reads';

type Given = Readonly<{ policyId: string; simulation: Simulation | undefined }>;

/** Begin one, stop it, and ask for what it speaks for: the activation, or an experiment. */
export function Orders(given: Given) {
  const { t } = useTranslation('trial');
  return (
    <section className="card" aria-label={t('orders')}>
      <h2>{t('orders')}</h2>
      <ul className="actions">
        <OrderAction order={useBeginning(given)} />
        <OrderAction order={useStopping(given)} />
        <OrderAction order={useActivating(given)} />
        <OrderAction order={useTrying(given)} />
      </ul>
    </section>
  );
}

/** Null: the reader works for all stations. */
function useLimited(): string | null {
  const { t } = useTranslation('trial');
  return useEverywhere() ? null : t('allStations');
}

type Beginning = Readonly<{ from?: string; to?: string; model?: string; capacities?: string }>;

function useBeginning({ policyId, simulation }: Given): Order<Beginning> {
  const { t } = useTranslation('trial');
  const limited = useLimited();
  const busy = simulation !== undefined && isUnderWay(simulation);
  const dayField = (name: 'from' | 'to') => (
    <Form.Item name={name} label={t(name)} extra={t(`${name}Hint`)}>
      <Input type="date" />
    </Form.Item>
  );
  return {
    permission: 'policy.simulate',
    title: t('begin'),
    explained: t('beginExplained'),
    impossible: limited ?? (busy ? t('busy') : null),
    fields: (
      <>
        {dayField('from')}
        {dayField('to')}
        <JsonFile name="model" label={t('model')} extra={t('modelHint')} />
        <JsonFile name="capacities" label={t('capacities')} extra={t('capacitiesHint')} />
      </>
    ),
    ...both((given: Beginning & { reason: string }, how) =>
      call('POST /policies/{id}/simulations', {
        ...{ params: { id: policyId }, ...how },
        body: bodyOf(given),
      }),
    ),
    changes: [['simulations']],
  };
}

const bodyOf = ({ reason, from, to, model, capacities }: Beginning & { reason: string }) => ({
  ...{ reason, from: from || undefined, to: to || undefined },
  // Whether it is one, the API says.
  model: read(model) as ResponseModel | undefined,
  capacities: read(capacities) as Capacities | undefined,
});

function useStopping({ simulation }: Given): Order<object> {
  const { t } = useTranslation('trial');
  const limited = useLimited();
  const runs = simulation !== undefined && isUnderWay(simulation);
  return {
    permission: 'policy.simulate',
    title: t('stop'),
    explained: t('stopExplained'),
    impossible: limited ?? (runs ? null : t('idle')),
    danger: true,
    give: ({ reason }, key) =>
      call('POST /simulations/{id}/stop', {
        ...{ params: { id: simulation?.id ?? '' }, key },
        body: { reason },
      }),
    changes: [['simulations']],
  };
}

/** What the report has against the version: limits that it would break. Null: nothing. */
function useBroken(simulation: Simulation | undefined): string | null {
  const { t } = useTranslation('trial');
  const { data } = useReport(simulation?.id ?? '', simulation?.current === true);
  const n = data?.policy.breaches ?? 0;
  return n > 0 ? t('broken', { n }) : null;
}

function useActivating({ policyId, simulation }: Given): Order<object> {
  const { t } = useTranslation('trial');
  const limited = useLimited();
  const { data: policy } = usePolicy(policyId);
  const ready = simulation?.current === true;
  const broken = useBroken(simulation);
  const draft = policy === undefined || policy.state === 'draft';
  return {
    permission: 'policy.activate',
    title: t('activate'),
    explained: t('activateExplained'),
    impossible: limited ?? (draft ? (ready ? broken : t('noReport')) : t('active')),
    give: ({ reason }, key) =>
      call('POST /policies/{id}/activation', {
        ...{ params: { id: policyId }, key },
        body: { reason, simulationId: simulation?.id },
      }),
    changes: [['approvals'], ['policies']],
  };
}

const SHARE_MAX = 50;

/** On a share of the customers first, beside the version in force. */
function useTrying({ policyId, simulation }: Given): Order<{ share: string }> {
  const { t } = useTranslation('trial');
  const limited = useLimited();
  const ready = simulation?.current === true;
  const broken = useBroken(simulation);
  const body = ({ reason, share }: { reason: string; share: string }) => ({
    ...{ reason, challengerId: policyId, sharePercent: Number(share) },
    simulationId: simulation?.id,
  });
  return {
    permission: 'policy.activate',
    title: t('experiment.title'),
    explained: t('experiment.explained'),
    impossible: limited ?? (ready ? broken : t('noReport')),
    fields: (
      <Form.Item
        name="share"
        label={t('experiment.share')}
        extra={t('experiment.shareHint', { most: SHARE_MAX })}
        rules={[{ required: true, message: t('common:required') }]}
        initialValue="10"
      >
        <Input type="number" min={1} max={SHARE_MAX} step={1} />
      </Form.Item>
    ),
    needs: ['share'],
    ...both((given: { reason: string; share: string }, how) =>
      call('POST /experiments', { body: body(given), ...how }),
    ),
    changes: [['approvals'], ['experiments']],
  };
}
