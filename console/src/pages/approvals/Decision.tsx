import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Approval } from '../../../generated/api';

const COLOURS = { approved: 'green', rejected: 'red', withdrawn: 'default' } as const;

/** How what was asked for stands, in a word. */
export function Decision({ approval: { decision } }: { approval: Approval }) {
  const { t } = useTranslation('approvals');
  return decision === null ? (
    <Tag color="orange">{t('waits')}</Tag>
  ) : (
    <Tag color={COLOURS[decision]}>{t(`decision.${decision}`)}</Tag>
  );
}
