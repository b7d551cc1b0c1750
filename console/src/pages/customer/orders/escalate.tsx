import { useTranslation } from 'react-i18next';
import type { CustomerStanding } from '../../../../generated/api';
import { call } from '../../../lib/api';
import { levelLabel } from '../../../lib/format';
import { useWords } from '../../../lib/words';
import type { Order } from '../../../ui/OrderAction';
import { changesOf, useNextSteps } from '../reads';
import { both } from '../../../lib/both';
import { ChoiceField, type Choice } from './fields';

/** `level 1` or `step demand`: the API takes one of the two. */
const targetOf = (to: string): { toLevel: 1 | 2 } | { toStep: string } => {
  const [kind, what = ''] = to.split(' ');
  if (kind === 'step') return { toStep: what };
  return { toLevel: what === '1' ? 1 : 2 };
};

/** To a graver level from now on, or to one of the steps to come, now. */
export function useEscalation(customer: CustomerStanding): Order<{ to: string }> {
  const { t } = useTranslation('customer');
  const { customerNo, openCycle } = customer;
  const steps = useStepsToCome(customerNo);
  const levels = ([2, 1] as const)
    .filter((one) => one < (customer.level ?? 3))
    .map((one) => ({
      value: `level ${one}`,
      label: t('escalate.level', { level: levelLabel(one) }),
    }));
  const now = steps.map(({ value, label }) => ({
    value: `step ${value}`,
    label: t('escalate.step', { step: label }),
  }));
  const options = [...levels, ...now];
  const labelOf = (to?: string) => options.find(({ value }) => value === to)?.label ?? '';
  return {
    permission: 'cycle.escalate',
    title: t('escalate.title'),
    explained: t('escalate.explained'),
    impossible:
      openCycle === null ? t('noCycle') : options.length === 0 ? t('escalate.none') : null,
    danger: true,
    fields: <ChoiceField name="to" label={t('escalate.to')} options={options} />,
    needs: ['to'],
    foreseen: ({ to }) =>
      to === undefined
        ? null
        : to.startsWith('level')
          ? t('escalate.foreseenLevel', { to: labelOf(to) })
          : t('escalate.foreseenStep', { to: labelOf(to) }),
    ...both(({ to, reason }, how) =>
      call('POST /customers/{customerNo}/escalations', {
        params: { customerNo },
        body: { reason, ...targetOf(to) },
        ...how,
      }),
    ),
    changes: changesOf(customer),
  };
}

/** Passes over a step that is to come; mandatory notices the API refuses. */
export function useSkip(customer: CustomerStanding): Order<{ stepKey: string }> {
  const { t } = useTranslation('customer');
  const { customerNo, openCycle } = customer;
  const steps = useStepsToCome(customerNo);
  return {
    permission: 'step.skip',
    title: t('skip.title'),
    explained: t('skip.explained'),
    impossible: openCycle === null ? t('noCycle') : steps.length === 0 ? t('skip.none') : null,
    fields: <ChoiceField name="stepKey" label={t('skip.step')} options={steps} />,
    needs: ['stepKey'],
    ...both(({ stepKey, reason }, how) =>
      call('POST /customers/{customerNo}/skips', {
        params: { customerNo },
        body: { stepKey, reason },
        ...how,
      }),
    ),
    changes: changesOf(customer),
  };
}

/** The rungs among the next steps, each once. */
function useStepsToCome(customerNo: string): Choice[] {
  const { word } = useWords();
  const { data } = useNextSteps(customerNo);
  const keys = (data?.items ?? []).flatMap(({ do: what, stepKey }) =>
    what === 'contact' && stepKey !== null ? [stepKey] : [],
  );
  return [...new Set(keys)].map((value) => ({ value, label: word('step', value) }));
}
