import { useTranslation } from 'react-i18next';
import type { ImportRun } from '../../../generated/api';
import { Mark } from '../../ui/Mark';

const TONES = {
  receiving: 'news',
  reading: 'news',
  done: 'good',
  failed: 'bad',
  broken: 'bad',
} as const;

/** How an import stands, in a word. */
export function RunState({ state }: Pick<ImportRun, 'state'>) {
  const { t } = useTranslation('imports');
  return <Mark tone={TONES[state]}>{t(`state.${state}`)}</Mark>;
}
