import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CustomerStanding } from '../../../generated/api';
import { call } from '../../lib/api';
import { levelLabel } from '../../lib/format';
import { useWords } from '../../lib/words';
import type { Order } from '../../ui/OrderAction';
import { keyOf, useNextSteps } from './reads';

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
  const options = useTargets(customer);
  return {
    permission: 'cycle.escalate',
    title: t('escalate.title'),
    explained: t('escalate.explained'),
    impossible:
      openCycle === null ? t('noCycle') : options.length === 0 ? t('escalate.none') : null,
    danger: true,
    fields: (
      <Form.Item
        name="to"
        label={t('escalate.to')}
        rules={[{ required: true, message: t('common:required') }]}
      >
        <Select options={options} />
      </Form.Item>
    ),
    give: ({ to, reason }, key) =>
      call('POST /customers/{customerNo}/escalations', {
        params: { customerNo },
        body: { reason, ...targetOf(to) },
        key,
      }),
    changes: [keyOf(customerNo), ['customers', 'list']],
  };
}

function useTargets({ customerNo, level }: CustomerStanding): { value: string; label: string }[] {
  const { t } = useTranslation('customer');
  const { word } = useWords();
  const { data } = useNextSteps(customerNo);
  const levels = ([2, 1] as const)
    .filter((one) => one < (level ?? 3))
    .map((one) => ({
      value: `level ${one}`,
      label: t('escalate.level', { level: levelLabel(one) }),
    }));
  const keys = (data?.items ?? []).flatMap(({ do: what, stepKey }) =>
    what === 'contact' && stepKey !== null ? [stepKey] : [],
  );
  const steps = [...new Set(keys)].map((key) => ({
    value: `step ${key}`,
    label: t('escalate.step', { step: word('step', key) }),
  }));
  return [...levels, ...steps];
}
