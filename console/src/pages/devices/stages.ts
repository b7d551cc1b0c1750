import { useTranslation } from 'react-i18next';
import type { Proposal } from '../../../generated/api';
import { levelLabel } from '../../lib/format';

export type Stage = Proposal['stage'];
/** The road, in its order; each leads to the next by a person's task. */
export const ROAD = [
  'proposed',
  'contacted',
  'visited',
  'agreed',
  'signed',
  'installed',
  'toppedUp',
] as const satisfies readonly Stage[];
export const ENDS = ['switched', 'refused', 'withdrawn'] as const satisfies readonly Stage[];

/** Why the device is proposed, in the reader's language; another wording than the rule's stands as it is. */
export function useWhy(): (proposal: Pick<Proposal, 'why'>) => string {
  const { t } = useTranslation('devices');
  return ({ why }) => {
    const [, level, late] = /^level ([123]), (\d+) late months of 12$/.exec(why) ?? [];
    if (level === undefined) return why;
    return t('whyRule', { level: levelLabel(Number(level) as 1 | 2 | 3), late });
  };
}
