import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportRun } from '../../../generated/api';

const COLOURS = {
  receiving: 'blue',
  reading: 'blue',
  done: 'green',
  failed: 'red',
  broken: 'red',
} as const;

/** How an import stands, in a word. */
export function RunState({ state }: Pick<ImportRun, 'state'>) {
  const { t } = useTranslation('imports');
  return <Tag color={COLOURS[state]}>{t(`state.${state}`)}</Tag>;
}
