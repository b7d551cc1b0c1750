import { useTranslation } from 'react-i18next';
import type { Approval } from '../../../generated/api';
import { levelLabel, moment, money } from '../../lib/format';

/** What will be done when it is approved, as the API keeps it. */
const numberIn = ({ body }: Approval, name: string): number => Number(body[name] ?? 0);
export const textIn = ({ body }: Approval, name: string): string => {
  const value = body[name];
  return typeof value === 'string' ? value : '';
};

const levelIn = (approval: Approval): string => {
  const level = numberIn(approval, 'level');
  return level === 1 || level === 2 || level === 3 ? levelLabel(level) : String(level);
};

/** What was asked for, in words: shortly, as the name of it, and in full, as what approving will do. */
export function useWanted() {
  const { t, i18n } = useTranslation('approvals');
  const filled = (approval: Approval) => ({
    customerNo: approval.customerNo ?? '',
    level: levelIn(approval),
    until: moment(textIn(approval, 'until') || approval.requestedAt, i18n.language),
    billNo: textIn(approval, 'billNo'),
    amount: money(numberIn(approval, 'amountFen')),
    policyId: textIn(approval, 'policyId'),
    challengerId: textIn(approval, 'challengerId'),
    share: numberIn(approval, 'sharePercent'),
    experimentId: textIn(approval, 'experimentId'),
  });
  return {
    shortly: (approval: Approval): string => t(`short.${approval.kind}`, filled(approval)),
    inFull: (approval: Approval): string => t(`full.${approval.kind}`, filled(approval)),
  };
}
