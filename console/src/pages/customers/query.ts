import { useQuery } from '@tanstack/react-query';
import type { Api } from '../../../generated/api';
import { call } from '../../lib/api';
import { useList } from '../../lib/list';
import type { Filters } from './address';

/** The most that the API gives at once: the fewest questions for a long list. */
const PAGE = 200;

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

export const useCustomers = (filters: Filters) =>
  useList(
    ['customers', 'list', filters],
    ({ cursor, signal }) =>
      call('GET /customers', {
        query: { ...wantedOf(filters), sort: filters.sort as Query['sort'], limit: PAGE, cursor },
        signal,
      }),
    { again: false, keeps: true },
  );

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
