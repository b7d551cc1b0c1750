import { useInfiniteQuery, useQuery, type Query as Cached } from '@tanstack/react-query';
import type { Api } from '../../../generated/api';
import { call } from '../../lib/api';
import type { Filters } from './address';

/** The most that the API gives at once: the fewest questions for a long list. */
const PAGE = 200;

/** A list is read again page by page, as it came: of one that was scrolled far that is a hundred questions whenever the window is looked at. */
const READ_AGAIN_PAGES = 5;

type Query = NonNullable<Api['GET /customers']['query']>;
/** What a list, a count, an export and a bulk order mean alike. */
export type Wanted = Omit<Query, 'sort' | 'limit' | 'cursor'>;

const numberOf = (text: string | undefined) => (text === undefined ? undefined : Number(text));

/** The address' words as the API's. What somebody wrote there by hand and is none, the API refuses with a sentence. */
export function wantedOf(filters: Filters): Wanted {
  const { search, station, category, level, minOverdueDays, minOwed, stage, flags } = filters;
  const owed = numberOf(minOwed);
  return {
    search,
    station,
    category,
    level: numberOf(level),
    minOverdueDays: numberOf(minOverdueDays),
    minOwedFen: owed === undefined ? undefined : owed * 100,
    stage: stage as Wanted['stage'],
    flags: flags === undefined ? undefined : (flags.split(',') as Wanted['flags']),
  };
}

type Pages = Readonly<{ pages: readonly unknown[] }>;
/** Unless something was ordered since: then what stands there may be wrong. */
const shouldReadAgain = ({ state }: Pick<Cached, 'state'>): boolean =>
  state.isInvalidated || ((state.data as Pages | undefined)?.pages.length ?? 0) <= READ_AGAIN_PAGES;

export function useList(filters: Filters) {
  return useInfiniteQuery({
    queryKey: ['customers', 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      call('GET /customers', {
        query: {
          ...wantedOf(filters),
          sort: filters.sort as Query['sort'],
          limit: PAGE,
          cursor: pageParam,
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    refetchOnMount: shouldReadAgain,
    refetchOnWindowFocus: shouldReadAgain,
    refetchOnReconnect: shouldReadAgain,
  });
}

/** How many they are and what they owe, before the last row has been read. */
export function useCount(filters: Filters) {
  const wanted = wantedOf(filters);
  return useQuery({
    queryKey: ['customers', 'list', 'count', wanted],
    queryFn: ({ signal }) => call('GET /customers/count', { query: wanted, signal }),
  });
}

/** The stations that one may see. */
export const useStations = () =>
  useQuery({
    queryKey: ['stations'],
    queryFn: ({ signal }) => call('GET /stations', { signal }),
    staleTime: 5 * 60_000,
  });
