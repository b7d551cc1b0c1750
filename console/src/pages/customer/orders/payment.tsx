import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CustomerStanding } from '../../../../generated/api';
import { call } from '../../../lib/api';
import { money } from '../../../lib/format';
import type { Order } from '../../../ui/OrderAction';
import { changesOf } from '../reads';
import { ChoiceField, fenOf, YuanField } from './fields';

const CHANNELS = ['counter', 'bank', 'wechat', 'alipay'] as const;
type Given = { paymentRef: string; yuan: string; channel: string };

/** Money received. The receipt's number is the payment's own, and so the order's key: the same payment twice is one. */
export function usePayment(customer: CustomerStanding): Order<Given> {
  const { t } = useTranslation('customer');
  const { customerNo, owedFen } = customer;
  const send = ({ paymentRef, yuan, channel }: Given, how: { dryRun?: true }) =>
    call('POST /payments', {
      body: { customerNo, amountFen: fenOf(yuan) ?? 0, channel },
      key: paymentRef,
      ...how,
    });
  return {
    permission: 'payment.record',
    title: t('payment.title'),
    explained: t('payment.explained'),
    fields: <Fields />,
    needs: ['paymentRef', 'yuan', 'channel'],
    // What a person writes beside it is not kept: the receipt says why.
    noReason: true,
    foreseen: ({ yuan }) => {
      const fen = fenOf(yuan);
      if (fen === null || fen === 0) return null;
      return fen > owedFen
        ? t('payment.foreseenCredit', { amount: money(fen - owedFen) })
        : t('payment.foreseen', { left: money(owedFen - fen) });
    },
    trial: (given) => send(given, { dryRun: true }),
    give: (given) => send(given, {}),
    changes: changesOf(customer),
  };
}

function Fields() {
  const { t } = useTranslation('customer');
  const channels = CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }));
  const rules = [
    { required: true, message: t('common:required') },
    { pattern: /^[\w.:-]{1,64}$/, message: t('payment.refHint') },
  ];
  return (
    <>
      <Form.Item
        name="paymentRef"
        label={t('payment.ref')}
        rules={rules}
        extra={t('payment.refHint')}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <YuanField name="yuan" label={t('payment.amount')} />
      <ChoiceField name="channel" label={t('payment.channel')} options={channels} first />
    </>
  );
}
