import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Api, Proposal } from '../../../generated/api';
import { call } from '../../lib/api';
import type { Order } from '../../ui/OrderAction';
import { ENDS } from './stages';

type Outcome = Api['POST /proposals/{id}/outcome']['body']['outcome'];

/** All that is read about proposals begins with this; a timeline tells of them too. */
const CHANGES = [['devices'], ['customers'], ['tasks']];
const isOver = ({ stage }: Proposal) => ENDS.some((end) => end === stage);

/** What became of the stage's task; the case goes on by itself, or ends where the customer refuses. */
export function useOutcome(proposal: Proposal): Order<{ outcome: Outcome }> {
  const { t } = useTranslation('devices');
  const { id, stage, task } = proposal;
  const outcomes: Outcome[] = [stage === 'visited' ? 'agrees' : 'done', 'refuses'];
  return {
    permission: 'proposal.decide',
    title: t('outcome.title'),
    explained: t('outcome.explained', { stage: t(`stage.${stage}`), leads: t(`leads.${stage}`) }),
    impossible: isOver(proposal) ? t('over') : task === null ? t('outcome.noTask') : null,
    fields: (
      <Form.Item
        name="outcome"
        label={t('outcome.what')}
        rules={[{ required: true, message: t('common:required') }]}
      >
        <Select
          options={outcomes.map((value) => ({ value, label: t(`outcome.${value}.${stage}`) }))}
        />
      </Form.Item>
    ),
    give: ({ outcome, reason }, key) =>
      call('POST /proposals/{id}/outcome', {
        params: { id },
        body: { stage, outcome, reason },
        key,
      }),
    changes: CHANGES,
  };
}

/** Takes the proposal back before the customer is on prepayment. */
export function useWithdrawal(proposal: Proposal): Order<object> {
  const { t } = useTranslation('devices');
  return {
    permission: 'proposal.decide',
    title: t('withdraw.title'),
    explained: t('withdraw.explained'),
    impossible: isOver(proposal) ? t('over') : null,
    danger: true,
    give: ({ reason }, key) =>
      call('POST /proposals/{id}/withdrawal', {
        params: { id: proposal.id },
        body: { reason },
        key,
      }),
    changes: CHANGES,
  };
}
