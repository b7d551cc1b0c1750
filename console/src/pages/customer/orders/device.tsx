import { useTranslation } from 'react-i18next';
import type { Api, CustomerStanding } from '../../../../generated/api';
import { call } from '../../../lib/api';
import { useWords } from '../../../lib/words';
import type { Order } from '../../../ui/OrderAction';
import { changesOf, useEndings } from '../reads';
import type { InForce } from '../state';
import { both } from '../../../lib/both';
import { ChoiceField } from './fields';

type Outcome = Api['POST /proposals/{id}/outcome']['body']['outcome'];

/** What became of the stage at which the proposal of a prepaid device stands. */
export function useDeviceOutcome(
  customer: CustomerStanding,
  { proposal }: InForce,
): Order<{ outcome: Outcome }> {
  const { t } = useTranslation('customer');
  const { word } = useWords();
  const { data } = useEndings(customer.customerNo, proposal);
  const endings = data?.endings ?? [];
  const options = endings.map(({ outcome, label }) => ({ value: outcome, label }));
  const { id = '', stage = 'proposed', task } = proposal ?? {};
  const waiting = task === null ? t('device.noTask') : null;
  return {
    permission: 'proposal.decide',
    title: t('device.title'),
    explained:
      proposal === null
        ? t('device.explained')
        : t('device.explainedAt', { stage: word('deviceStage', stage) }),
    impossible: proposal === null ? t('device.none') : waiting,
    fields: <ChoiceField name="outcome" label={t('device.outcome')} options={options} />,
    needs: ['outcome'],
    foreseen: ({ outcome }) => endings.find((one) => one.outcome === outcome)?.effect ?? null,
    ...both(({ outcome, reason }, how) =>
      call('POST /proposals/{id}/outcome', {
        params: { id },
        body: { stage, outcome, reason },
        ...how,
      }),
    ),
    changes: changesOf(customer),
  };
}

/** The customer then rests from proposals as after a refusal. */
export function useDeviceWithdrawal(
  customer: CustomerStanding,
  { proposal }: InForce,
): Order<object> {
  const { t } = useTranslation('customer');
  return {
    permission: 'proposal.decide',
    title: t('deviceBack.title'),
    explained: t('deviceBack.explained'),
    impossible: proposal === null ? t('device.none') : null,
    danger: true,
    ...both(({ reason }, how) =>
      call('POST /proposals/{id}/withdrawal', {
        params: { id: proposal?.id ?? '' },
        body: { reason },
        ...how,
      }),
    ),
    changes: changesOf(customer),
  };
}
