import { useQuery } from '@tanstack/react-query';
import { call } from '../../lib/api';
import { useSession } from '../../lib/session';

/** What is looked at while it moves, and what moves slowly. */
const AGAIN_MS = 10_000;
const SLOWLY_MS = 60_000;
/** All that the page reads begins with this key. */
export const MONTH = ['month'] as const;

/** Undefined: all of the reader's stations. */
export type Station = string | undefined;
const query = (station: Station) => (station === undefined ? {} : { station });
/** The API words its sentences in the reader's language. */
const language = (): string => document.documentElement.lang;

export const useMonth = (station: Station) =>
  useQuery({
    queryKey: [...MONTH, 'page', station, language()],
    queryFn: ({ signal }) => call('GET /month', { query: query(station), signal }),
    refetchInterval: AGAIN_MS,
  });

export const useCurves = (station: Station) =>
  useQuery({
    queryKey: [...MONTH, 'curves', station],
    queryFn: ({ signal }) => call('GET /recovery/curves', { query: query(station), signal }),
    refetchInterval: SLOWLY_MS,
  });

/** Recovery by station, of the year and of the years before. */
export const useRates = () =>
  useQuery({
    queryKey: [...MONTH, 'rates'],
    queryFn: ({ signal }) => call('GET /recovery', { signal }),
    refetchInterval: SLOWLY_MS,
  });

export const useCampaigns = (period: string) =>
  useQuery({
    queryKey: [...MONTH, 'campaigns', period],
    queryFn: ({ signal }) => call('GET /campaigns/{period}', { params: { period }, signal }),
    refetchInterval: AGAIN_MS,
  });

export const useSchedules = () =>
  useQuery({
    queryKey: [...MONTH, 'schedules'],
    queryFn: ({ signal }) => call('GET /campaign-schedules', { signal }),
  });

export const useWorkload = (station: Station) =>
  useQuery({
    queryKey: [...MONTH, 'workload', station],
    queryFn: ({ signal }) => call('GET /workload', { query: query(station), signal }),
    refetchInterval: SLOWLY_MS,
  });

/** The stations that the reader can choose among: his own, or all that were ever billed. */
export function useStations(): string[] {
  const { data: session } = useSession();
  const { data: rates } = useRates();
  const own = session?.stations ?? null;
  return own ?? (rates?.rows ?? []).flatMap(({ key }) => (key === null ? [] : [key]));
}
