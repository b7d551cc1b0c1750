import { Input } from 'antd';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Customer } from '../../../generated/api';
import { call } from '../../lib/api';
import { count, levelLabel } from '../../lib/format';
import { useUrlFilters } from '../../lib/url-filters';
import { useNarrow } from '../../lib/use-narrow';
import { useWords } from '../../lib/words';
import { Failure } from '../../ui/Failure';
import { PageHead } from '../../ui/PageHead';
import { VirtualRows, type Column } from '../../ui/VirtualRows';

const FILTERS = ['search', 'station'] as const;
/** The most that the API gives at once: the fewest questions for a long list. */
const PAGE = 200;

/** The customers of one's stations: searched by number, name or phone, with the filters in the address. */
export default function Customers() {
  const { t, i18n } = useTranslation('customers');
  const [filters, setFilters] = useUrlFilters(FILTERS);
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: ['customers', 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      call('GET /customers', { query: { ...filters, limit: PAGE, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  const columns = useColumns();
  const n = count(rows.length, i18n.language);
  return (
    <>
      <PageHead title={t('title')}>
        <span className="quiet" role="status">
          {data && t(hasNextPage ? 'loaded' : 'loadedAll', { n })}
        </span>
      </PageHead>
      <Filters filters={filters} change={setFilters} />
      {error && <Failure error={error} again={() => void refetch()} />}
      {data && rows.length === 0 ? (
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

type Filters = Partial<Record<(typeof FILTERS)[number], string>>;

function Filters({ filters, change }: { filters: Filters; change: (to: Filters) => void }) {
  const { t } = useTranslation('customers');
  return (
    <div className="filters" role="search">
      <label>
        {t('search')}
        <Input.Search
          key={filters.search ?? ''}
          defaultValue={filters.search ?? ''}
          placeholder={t('searchHint')}
          allowClear
          onSearch={(search) => change({ search: search.trim() })}
        />
      </label>
      <label>
        {t('station')}
        <Input
          key={filters.station ?? ''}
          defaultValue={filters.station ?? ''}
          allowClear
          onPressEnter={({ currentTarget }) => change({ station: currentTarget.value.trim() })}
          onBlur={({ currentTarget }) => change({ station: currentTarget.value.trim() })}
        />
      </label>
    </div>
  );
}

/** On a telephone only what tells customers apart. */
function useColumns(): Column<Customer>[] {
  const { t } = useTranslation('customers');
  const { word } = useWords();
  const narrow = useNarrow();
  const link = (customer: Customer) => (
    <Link to={`/customers/${encodeURIComponent(customer.customerNo)}`}>{customer.customerNo}</Link>
  );
  const level = ({ level }: Customer) => (level === null ? t('ungraded') : levelLabel(level));
  const first: Column<Customer>[] = [
    { name: 'customerNo', width: narrow ? '120px' : '150px', title: t('customerNo'), show: link },
    { name: 'name', width: 'minmax(0, 1fr)', title: t('name'), show: ({ name }) => name },
    { name: 'level', width: '72px', title: t('level'), show: level },
  ];
  if (narrow) return first;
  return [
    ...first,
    { name: 'station', width: '110px', title: t('station'), show: ({ station }) => station },
    {
      name: 'category',
      width: '120px',
      title: t('category'),
      show: ({ category }) => word('category', category),
    },
    { name: 'phone', width: '150px', title: t('phone'), show: ({ phone }) => phone ?? '–' },
    {
      name: 'collector',
      width: '160px',
      title: t('collector'),
      show: ({ collector }) => collector ?? '–',
    },
  ];
}
