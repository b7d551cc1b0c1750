import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { useUrlFilters } from '../../lib/url-filters';
import { Failure } from '../../ui/Failure';
import { PageHead } from '../../ui/PageHead';
import { Settled } from '../../ui/Settled';
import { VirtualRows } from '../../ui/VirtualRows';
import { useColumns } from './columns';
import { PrintLetters } from './PrintLetters';
import { FILTERS, useTasks, useWhose } from './reads';
import { TaskFilters } from './TaskFilters';
import './tasks.css';

/** What is to be done, the most urgent first: one's own, or that of one's stations. */
export default function Tasks() {
  const { t } = useTranslation('tasks');
  const [filters, change] = useUrlFilters(FILTERS);
  const whose = useWhose(filters);
  const { search } = useLocation();
  const { rows, error, isFetching, more, again } = useTasks(filters);
  const columns = useColumns(search);
  return (
    <Settled height={600}>
      <PageHead title={t('title')} />
      <TaskFilters filters={filters} whose={whose} change={change} />
      {filters.kind === 'letter' && <PrintLetters filters={filters} whose={whose} rows={rows} />}
      {error && <Failure error={error} again={again} />}
      {rows?.length === 0 ? (
        <p className="card">{whose === 'mine' ? t('emptyMine') : t('empty')}</p>
      ) : (
        <VirtualRows
          label={t('title')}
          columns={columns}
          rows={rows ?? []}
          keyOf={({ id }) => id}
          more={more}
          busy={isFetching}
        />
      )}
    </Settled>
  );
}
