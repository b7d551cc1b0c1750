import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CustomerStanding } from '../../../generated/api';
import { call } from '../../lib/api';
import { OrderAction, type Order } from '../../ui/OrderAction';
import { useEscalation } from './escalation';
import { keyOf } from './reads';

/** What a person may order about this customer, in words, and where he may not, why. */
export function Actions({ customer }: { customer: CustomerStanding }) {
  const { t } = useTranslation('customer');
  return (
    <section className="card" aria-label={t('actions')}>
      <h2>{t('actions')}</h2>
      <ul className="actions">
        <OrderAction order={useHold(customer)} />
        <OrderAction order={useRelease(customer)} />
        <OrderAction order={usePromise(customer)} />
        <OrderAction order={useEscalation(customer)} />
        <OrderAction order={useDispute(customer)} />
        <OrderAction order={useResolution(customer)} />
      </ul>
    </section>
  );
}

const changesOf = ({ customerNo }: CustomerStanding) => [keyOf(customerNo), ['customers', 'list']];
const isHeld = ({ next }: CustomerStanding) => next?.do === 'wait' && next.why === 'held';

/** A hold ends with the day that was chosen, by the station's clock. */
const endOf = (day: string): string => new Date(`${day}T24:00:00+08:00`).toISOString();

function useHold(customer: CustomerStanding): Order<{ until?: string }> {
  const { t } = useTranslation('customer');
  const { customerNo, name } = customer;
  return {
    permission: 'hold.place',
    title: t('hold.title'),
    explained: t('hold.explained', { name }),
    fields: (
      <Form.Item name="until" label={t('hold.until')} extra={t('hold.untilHint')}>
        <Input type="date" />
      </Form.Item>
    ),
    give: ({ reason, until }, key) => {
      const end = until === undefined || until === '' ? {} : { until: endOf(until) };
      return call('POST /holds', {
        body: { scope: 'customer', ref: customerNo, reason, ...end },
        key,
      });
    },
    changes: changesOf(customer),
  };
}

function useRelease(customer: CustomerStanding): Order<object> {
  const { t } = useTranslation('customer');
  const { customerNo, name, next } = customer;
  return {
    permission: 'hold.release',
    title: t('release.title'),
    explained: t('release.explained', { name }),
    // Without an open month nobody can tell by the next step; the API will.
    impossible: next === null || isHeld(customer) ? null : t('release.notHeld'),
    give: ({ reason }, key) =>
      call('POST /holds/release', { body: { scope: 'customer', ref: customerNo, reason }, key }),
    changes: changesOf(customer),
  };
}

function usePromise(customer: CustomerStanding): Order<{ promisedOn: string }> {
  const { t } = useTranslation('customer');
  const { customerNo, owedFen } = customer;
  return {
    permission: 'promise.record',
    title: t('promise.title'),
    explained: t('promise.explained'),
    impossible: owedFen > 0 ? null : t('owesNothing'),
    fields: (
      <Form.Item
        name="promisedOn"
        label={t('promise.on')}
        rules={[{ required: true, message: t('common:required') }]}
      >
        <Input type="date" />
      </Form.Item>
    ),
    give: (body, key) =>
      call('POST /customers/{customerNo}/promises', { params: { customerNo }, body, key }),
    changes: changesOf(customer),
  };
}

function useDispute(customer: CustomerStanding): Order<{ billNo: string }> {
  const { t } = useTranslation('customer');
  return {
    permission: 'dispute.open',
    title: t('dispute.title'),
    explained: t('dispute.explained'),
    impossible: customer.bills.length > 0 ? null : t('owesNothing'),
    fields: <BillField customer={customer} />,
    give: ({ billNo, reason }, key) =>
      call('POST /bills/{billNo}/disputes', { params: { billNo }, body: { reason }, key }),
    changes: changesOf(customer),
  };
}

function useResolution(
  customer: CustomerStanding,
): Order<{ billNo: string; resolution: 'upheld' | 'rejected' }> {
  const { t } = useTranslation('customer');
  const resolutions = (['upheld', 'rejected'] as const).map((value) => ({
    value,
    label: t(`resolve.${value}`),
  }));
  return {
    permission: 'dispute.resolve',
    title: t('resolve.title'),
    explained: t('resolve.explained'),
    impossible: customer.bills.length > 0 ? null : t('owesNothing'),
    fields: (
      <>
        <BillField customer={customer} />
        <Form.Item
          name="resolution"
          label={t('resolve.resolution')}
          rules={[{ required: true, message: t('common:required') }]}
        >
          <Select options={resolutions} />
        </Form.Item>
      </>
    ),
    give: ({ billNo, ...body }, key) =>
      call('POST /bills/{billNo}/disputes/resolution', { params: { billNo }, body, key }),
    changes: changesOf(customer),
  };
}

function BillField({ customer: { bills } }: { customer: CustomerStanding }) {
  const { t } = useTranslation('customer');
  const options = bills.map(({ billNo, period }) => ({
    value: billNo,
    label: `${period} · ${billNo}`,
  }));
  return (
    <Form.Item
      name="billNo"
      label={t('bill')}
      rules={[{ required: true, message: t('common:required') }]}
      {...(options[0] === undefined ? {} : { initialValue: options[0].value })}
    >
      <Select options={options} />
    </Form.Item>
  );
}
