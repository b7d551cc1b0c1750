import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { isLost } from '../../lib/connection';
import { count, money } from '../../lib/format';
import { keepList } from '../../lib/last-list';
import { useUrlFilters } from '../../lib/url-filters';
import { Failure } from '../../ui/Failure';
import { PageHead } from '../../ui/PageHead';
import { VirtualRows } from '../../ui/VirtualRows';
import { useChoice } from './choice';
import { useColumns } from './columns';
import { FILTERS } from './address';
import { CustomerFilters } from './Filters';
import { useCount, useCustomers } from './query';
import { Toolbar } from './Toolbar';

/** The customers of one's stations, narrowed by what the address keeps. */
export default function Customers() {
  const { t } = useTranslation('customers');
  const { search } = useLocation();
  const [filters, setFilters] = useUrlFilters(FILTERS);
  useEffect(() => keepList('/customers', search), [search]);
  const { rows, error, isFetching, more, again } = useCustomers(filters);
  const choice = useChoice(search);
  const columns = useColumns(choice);
  const counted = useCount(filters);
  return (
    <div className="fill">
      <PageHead title={t('title')}>
        <Sum counted={counted} />
      </PageHead>
      <CustomerFilters filters={filters} change={setFilters} />
      <Toolbar filters={filters} choice={choice} fitting={counted.data?.customers ?? 0} />
      {error && !(rows && isLost(error)) && <Failure error={error} again={again} />}
      {rows?.length === 0 ? (
        <p className="card">{t('empty')}</p>
      ) : (
        <VirtualRows
          label={t('title')}
          columns={columns}
          rows={rows ?? []}
          keyOf={({ customerNo }) => customerNo}
          more={more}
          busy={isFetching}
          remember={`customers${search}`}
        />
      )}
    </div>
  );
}

/** How many they are and what they owe, before the last row has been read. */
function Sum({ counted: { data, error } }: { counted: ReturnType<typeof useCount> }) {
  const { t, i18n } = useTranslation('customers');
  if (error) return null;
  return (
    <span className="quiet" role="status">
      {data === undefined
        ? t('common:loading')
        : t('sum', { n: count(data.customers, i18n.language), owed: money(data.owedFen) })}
    </span>
  );
}
