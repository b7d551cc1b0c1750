import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerStanding } from '../../../generated/api';
import { useNarrow } from '../../lib/use-width';
import { OrderAction } from '../../ui/OrderAction';
import { useOverride, useOverrideEnd, useWaiver } from './orders/approved';
import { useDeviceOutcome, useDeviceWithdrawal } from './orders/device';
import { useEscalation, useSkip } from './orders/escalate';
import { useHold, useRelease } from './orders/hold';
import { usePayment } from './orders/payment';
import { useDispute, usePromise, useResolution } from './orders/said';
import type { InForce } from './state';

type Given = { customer: CustomerStanding; inForce: InForce };

/** What a person may order about this customer, in words, and where he may not, why. Folded away on a telephone. */
export function Actions(given: Given) {
  const { t } = useTranslation('customer');
  const narrow = useNarrow();
  const groups = (
    <>
      <Collection {...given} />
      <Said {...given} />
      <FourEyes {...given} />
      <Device {...given} />
    </>
  );
  return (
    <section className="card orders" aria-label={t('actions')}>
      {narrow ? (
        <details>
          <summary>{t('actions')}</summary>
          {groups}
        </details>
      ) : (
        <>
          <h2>{t('actions')}</h2>
          {groups}
        </>
      )}
    </section>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <h3>{title}</h3>
      <ul className="actions">{children}</ul>
    </>
  );
}

function Collection({ customer, inForce }: Given) {
  const { t } = useTranslation('customer');
  return (
    <Group title={t('group.collection')}>
      <OrderAction order={useHold(customer)} />
      <OrderAction order={useRelease(customer, inForce)} />
      <OrderAction order={useEscalation(customer)} />
      <OrderAction order={useSkip(customer)} />
    </Group>
  );
}

function Said({ customer, inForce }: Given) {
  const { t } = useTranslation('customer');
  return (
    <Group title={t('group.said')}>
      <OrderAction order={usePayment(customer)} />
      <OrderAction order={usePromise(customer, inForce)} />
      <OrderAction order={useDispute(customer, inForce)} />
      <OrderAction order={useResolution(customer, inForce)} />
    </Group>
  );
}

function FourEyes({ customer, inForce }: Given) {
  const { t } = useTranslation('customer');
  return (
    <Group title={t('group.fourEyes')}>
      <OrderAction order={useOverride(customer, inForce)} />
      <OrderAction order={useOverrideEnd(customer, inForce)} />
      <OrderAction order={useWaiver(customer)} />
    </Group>
  );
}

function Device({ customer, inForce }: Given) {
  const { t } = useTranslation('customer');
  return (
    <Group title={t('group.device')}>
      <OrderAction order={useDeviceOutcome(customer, inForce)} />
      <OrderAction order={useDeviceWithdrawal(customer, inForce)} />
    </Group>
  );
}
