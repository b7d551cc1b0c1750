import { useTranslation } from 'react-i18next';
import type { PolicyVersion } from '../../../generated/api';
import { Mark } from '../../ui/Mark';

const TONES = { inForce: 'good', toCome: 'news', draft: 'waits', past: 'plain' } as const;

/** Whether a version is in force, in a word. */
export function State({ state }: Pick<PolicyVersion, 'state'>) {
  const { t } = useTranslation('policies');
  return <Mark tone={TONES[state]}>{t(`state.${state}`)}</Mark>;
}
