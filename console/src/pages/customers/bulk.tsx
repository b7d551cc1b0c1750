import { Form, Input } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api, BulkDone } from '../../../generated/api';
import { call } from '../../lib/api';
import { count } from '../../lib/format';
import type { How } from '../../lib/order';
import type { Order } from '../../ui/OrderAction';

type Body = Api['POST /bulk-orders']['body'];
/** Over whom, and what is to be shown when it runs. */
export type Reach = Readonly<{ filter: Body['filter']; started: (id: string) => void }>;
export const BULK = ['bulk-orders'];
const changes = [BULK, ['customers']];

/** The count comes first, by a dry run; it goes with the order, so that nobody is reached whom the person was not told of. */
function useSend(reach: Reach) {
  const expected = useRef<number>(undefined);
  const send = (body: Omit<Body, 'filter'>, how: How) =>
    call('POST /bulk-orders', { body: { ...body, filter: reach.filter }, ...how });
  return {
    trial: async (body: Omit<Body, 'filter'>): Promise<BulkDone> => {
      const answer = await send(body, { dryRun: true });
      expected.current = answer.total;
      return answer;
    },
    give: async (body: Omit<Body, 'filter'>, key: string): Promise<BulkDone> => {
      const answer = await send({ ...body, expected: expected.current }, { key });
      reach.started(answer.id);
      return answer;
    },
  };
}

export function useBulkHold(reach: Reach): Order<{ until?: string }, BulkDone> {
  const { t, i18n } = useTranslation('customers');
  const { trial, give } = useSend(reach);
  const bodyOf = ({ until, reason }: { until?: string; reason: string }) => ({
    kind: 'hold' as const,
    reason,
    ...(until === undefined || until === ''
      ? {}
      : { until: new Date(`${until}T24:00:00+08:00`).toISOString() }),
  });
  return {
    permission: 'bulk.order',
    title: t('bulk.hold'),
    explained: t('bulk.holdExplained'),
    fields: (
      <Form.Item name="until" label={t('bulk.until')} extra={t('bulk.untilHint')}>
        <Input type="date" />
      </Form.Item>
    ),
    trial: (given) => trial(bodyOf(given)),
    found: ({ total }) => t('bulk.wouldHold', { n: count(total, i18n.language) }),
    give: (given, key) => give(bodyOf(given), key),
    changes,
  };
}

export function useBulkRelease(reach: Reach): Order<object, BulkDone> {
  const { t, i18n } = useTranslation('customers');
  const { trial, give } = useSend(reach);
  return {
    permission: 'bulk.order',
    title: t('bulk.release'),
    explained: t('bulk.releaseExplained'),
    trial: ({ reason }) => trial({ kind: 'release', reason }),
    found: ({ total }) => t('bulk.wouldRelease', { n: count(total, i18n.language) }),
    give: ({ reason }, key) => give({ kind: 'release', reason }, key),
    changes,
  };
}

/** Between two pages; what was done stays. */
export function useStop(id: string): Order<object> {
  const { t } = useTranslation('customers');
  return {
    permission: 'bulk.order',
    title: t('bulk.stop'),
    explained: t('bulk.stopExplained'),
    danger: true,
    trial: ({ reason }) =>
      call('POST /bulk-orders/{id}/stop', { params: { id }, body: { reason }, dryRun: true }),
    give: ({ reason }, key) =>
      call('POST /bulk-orders/{id}/stop', { params: { id }, body: { reason }, key }),
    changes,
  };
}
