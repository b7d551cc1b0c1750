import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PolicyVersion } from '../../../generated/api';

const COLOURS = { inForce: 'green', toCome: 'blue', draft: 'orange', past: 'default' } as const;

/** Whether a version is in force, in a word. */
export function State({ state }: Pick<PolicyVersion, 'state'>) {
  const { t } = useTranslation('policies');
  return <Tag color={COLOURS[state]}>{t(`state.${state}`)}</Tag>;
}
