import { useTranslation } from 'react-i18next';
import type { CustomerStanding } from '../../../../generated/api';
import { call } from '../../../lib/api';
import { day } from '../../../lib/format';
import type { Order } from '../../../ui/OrderAction';
import { changesOf } from '../reads';
import type { InForce } from '../state';
import { both } from '../../../lib/both';
import { ChoiceField, DayField, useBillChoices } from './fields';

/** The customer says that he will pay. */
export function usePromise(
  customer: CustomerStanding,
  { promise }: InForce,
): Order<{ promisedOn: string }> {
  const { t, i18n } = useTranslation('customer');
  const { customerNo, owedFen } = customer;
  const open =
    promise === null ? null : t('promise.already', { on: day(promise.promisedOn, i18n.language) });
  return {
    permission: 'promise.record',
    title: t('promise.title'),
    explained: t('promise.explained'),
    impossible: owedFen > 0 ? open : t('owesNothing'),
    fields: <DayField name="promisedOn" label={t('promise.on')} />,
    needs: ['promisedOn'],
    foreseen: ({ promisedOn }) =>
      promisedOn === undefined || promisedOn === ''
        ? null
        : t('promise.foreseen', { on: day(promisedOn, i18n.language) }),
    ...both((body, how) =>
      call('POST /customers/{customerNo}/promises', { params: { customerNo }, body, ...how }),
    ),
    changes: changesOf(customer),
  };
}

/** The customer says that he need not pay a bill. */
export function useDispute(
  customer: CustomerStanding,
  { disputes }: InForce,
): Order<{ billNo: string }> {
  const { t } = useTranslation('customer');
  const free = customer.bills.filter(
    ({ billNo }) => !disputes.some((one) => one.billNo === billNo),
  );
  const none = customer.bills.length === 0 ? t('owesNothing') : t('dispute.all');
  const options = useBillChoices(free);
  return {
    permission: 'dispute.open',
    title: t('dispute.title'),
    explained: t('dispute.explained'),
    impossible: free.length > 0 ? null : none,
    fields: <ChoiceField name="billNo" label={t('bill')} options={options} />,
    needs: ['billNo'],
    ...both(({ billNo, reason }, how) =>
      call('POST /bills/{billNo}/disputes', { params: { billNo }, body: { reason }, ...how }),
    ),
    changes: changesOf(customer),
  };
}

/** Who was right about a disputed bill. */
export function useResolution(
  customer: CustomerStanding,
  { disputes }: InForce,
): Order<{ billNo: string; resolution: 'upheld' | 'rejected' }> {
  const { t } = useTranslation('customer');
  const resolutions = (['upheld', 'rejected'] as const).map((value) => ({
    value,
    label: t(`resolve.${value}`),
  }));
  const options = disputes.map(({ billNo, reason }) => ({
    value: billNo,
    label: `${billNo} · ${reason}`,
  }));
  return {
    permission: 'dispute.resolve',
    title: t('resolve.title'),
    explained: t('resolve.explained'),
    impossible: disputes.length > 0 ? null : t('resolve.none'),
    fields: (
      <>
        <ChoiceField name="billNo" label={t('bill')} options={options} />
        <ChoiceField name="resolution" label={t('resolve.resolution')} options={resolutions} />
      </>
    ),
    needs: ['billNo', 'resolution'],
    ...both(({ billNo, ...body }, how) =>
      call('POST /bills/{billNo}/disputes/resolution', { params: { billNo }, body, ...how }),
    ),
    changes: changesOf(customer),
  };
}
