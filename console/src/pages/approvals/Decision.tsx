import { useTranslation } from 'react-i18next';
import type { Approval } from '../../../generated/api';
import { Mark } from '../../ui/Mark';

const TONES = { approved: 'good', rejected: 'bad', withdrawn: 'plain' } as const;

/** How what was asked for stands, in a word. */
export function Decision({ approval: { decision } }: { approval: Approval }) {
  const { t } = useTranslation('approvals');
  return decision === null ? (
    <Mark tone="waits">{t('waits')}</Mark>
  ) : (
    <Mark tone={TONES[decision]}>{t(`decision.${decision}`)}</Mark>
  );
}
