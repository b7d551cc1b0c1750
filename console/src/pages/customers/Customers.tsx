import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '../../../generated/api';
import { call } from '../../lib/api';
import { count, money } from '../../lib/format';
import { useUrlFilters } from '../../lib/url-filters';
import { Failure } from '../../ui/Failure';
import { PageHead } from '../../ui/PageHead';
import { VirtualRows } from '../../ui/VirtualRows';
import { useColumns } from './columns';
import { CustomerFilters, FILTERS, type Filters } from './Filters';

/** The most that the API gives at once: the fewest questions for a long list. */
const PAGE = 200;

/** The customers of one's stations, narrowed by what the address keeps. */
export default function Customers() {
  const { t } = useTranslation('customers');
  const [filters, setFilters] = useUrlFilters(FILTERS);
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = useList(filters);
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  const columns = useColumns();
  const empty = data !== undefined && rows.length === 0;
  return (
    <>
      <PageHead title={t('title')}>
        <Sum filters={filters} />
      </PageHead>
      <CustomerFilters filters={filters} change={setFilters} />
      {error && <Failure error={error} again={() => void refetch()} />}
      {empty ? (
        <p className="card">{t('empty')}</p>
      ) : (
        <VirtualRows
          label={t('title')}
          columns={columns}
          rows={rows}
          keyOf={({ customerNo }) => customerNo}
          more={hasNextPage ? () => void fetchNextPage() : null}
          busy={isFetching}
        />
      )}
    </>
  );
}

type Query = NonNullable<Api['GET /customers']['query']>;

const numberOf = (text: string | undefined) => (text === undefined ? undefined : Number(text));

/** The address' words as the API's. What somebody wrote there by hand and is none, the API refuses with a sentence. */
function queryOf({ level, minOverdueDays, minOwed, stage, flags, sort, ...texts }: Filters) {
  const owed = numberOf(minOwed);
  const filter: Query = {
    ...texts,
    level: numberOf(level),
    minOverdueDays: numberOf(minOverdueDays),
    minOwedFen: owed === undefined ? undefined : owed * 100,
    stage: stage as Query['stage'],
    flags: flags === undefined ? undefined : ([flags] as Query['flags']),
  };
  return { filter, sort: sort as Query['sort'] };
}

function useList(filters: Filters) {
  const { filter, sort } = queryOf(filters);
  return useInfiniteQuery({
    queryKey: ['customers', 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      call('GET /customers', {
        query: { ...filter, sort, limit: PAGE, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
}

/** How many they are and what they owe, before the last row has been read. */
function Sum({ filters }: { filters: Filters }) {
  const { t, i18n } = useTranslation('customers');
  const { filter } = queryOf(filters);
  const { data } = useQuery({
    queryKey: ['customers', 'list', 'count', filter],
    queryFn: ({ signal }) => call('GET /customers/count', { query: filter, signal }),
  });
  return (
    <span className="quiet" role="status">
      {data === undefined
        ? t('common:loading')
        : t('sum', { n: count(data.customers, i18n.language), owed: money(data.owedFen) })}
    </span>
  );
}
