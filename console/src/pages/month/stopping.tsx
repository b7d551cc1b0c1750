import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../lib/api';
import { count } from '../../lib/format';
import type { Permission } from '../../lib/session';
import type { Order } from '../../ui/OrderDialog';
import { MONTH } from './reads';

type Over = Readonly<{ scope: 'station' | 'everything'; ref: string }>;
const EVERYTHING: Over = { scope: 'everything', ref: '' };
const changes = [MONTH, ['customers'], ['tasks']];

function holding(over: Over, words: Readonly<{ title: string; explained: string }>): Order<object> {
  const permission: Permission = over.scope === 'station' ? 'hold.station' : 'hold.everything';
  return {
    ...{ permission, ...words, danger: true, changes, fields: <Reach over={over} /> },
    give: ({ reason }, key) => call('POST /holds', { body: { ...over, reason }, key }),
  };
}

function releasing(
  over: Over,
  words: Readonly<{ title: string; explained: string }>,
): Order<object> {
  return {
    ...{ permission: 'hold.release', ...words, changes, fields: <Reach over={over} /> },
    give: ({ reason }, key) => call('POST /holds/release', { body: { ...over, reason }, key }),
  };
}

/** The red switch. */
export function useStopAll(): Order<object> {
  const { t } = useTranslation('month');
  return holding(EVERYTHING, { title: t('stop.title'), explained: t('stop.explained') });
}

export function useResumeAll(): Order<object> {
  const { t } = useTranslation('month');
  return releasing(EVERYTHING, { title: t('resume.title'), explained: t('resume.explained') });
}

/** A station's campaign stands still where it is: one hold over the station. */
export function usePauseStation(station: string): Order<object> {
  const { t } = useTranslation('month');
  const words = { title: t('pause.title', { station }), explained: t('pause.explained') };
  return holding({ scope: 'station', ref: station }, words);
}

export function useContinueStation(station: string): Order<object> {
  const { t } = useTranslation('month');
  const words = { title: t('continue.title', { station }), explained: t('continue.explained') };
  return releasing({ scope: 'station', ref: station }, words);
}

/** How many it concerns, before it is done. */
function Reach({ over }: { over: Over }) {
  const { t, i18n } = useTranslation('month');
  const { data, isError } = useQuery({
    queryKey: [...MONTH, 'reach', over],
    queryFn: ({ signal }) => call('POST /holds/reach', { body: over, signal }),
  });
  const n = data === undefined ? '…' : count(data.customers, i18n.language);
  return <p className="foreseen">{isError ? t('reachUnknown') : t('reach', { n })}</p>;
}
