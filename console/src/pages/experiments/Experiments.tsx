import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Experiment } from '../../../generated/api';
import { moment } from '../../lib/format';
import { cellsOf } from '../../ui/columns';
import { DataTable, type Cells } from '../../ui/DataTable';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { Mark } from '../../ui/Mark';
import { PageHead } from '../../ui/PageHead';
import { useExperiments } from './reads';

/** The versions that were tried on a share of the customers beside the one in force. */
export default function Experiments() {
  const { t } = useTranslation('experiments');
  const { data, error, refetch } = useExperiments();
  const columns = useColumns();
  return (
    <>
      <PageHead title={t('title')}>
        <Link to="/policies">{t('back')}</Link>
      </PageHead>
      <p className="quiet lead">{t('lead')}</p>
      {error && <Failure error={error} again={() => void refetch()} />}
      {data === undefined && !error && <Loading height={200} />}
      {data?.items.length === 0 && <p className="card quiet">{t('none')}</p>}
      {data !== undefined && data.items.length > 0 && (
        <section className="card">
          <DataTable
            label={t('title')}
            columns={columns}
            rows={data.items}
            keyOf={({ id }) => id}
          />
        </section>
      )}
    </>
  );
}

function useColumns(): Cells<Experiment>[] {
  const { t, i18n } = useTranslation('experiments');
  const column = cellsOf<Experiment>(t);
  return [
    column('challenger', ({ id, challengerId }) => (
      <Link to={`/experiments/${encodeURIComponent(id)}`}>{challengerId}</Link>
    )),
    column('champion', ({ championId }) => championId),
    { ...column('share', ({ sharePercent }) => `${sharePercent}%`), number: true },
    column('stateIs', (one) => <Running {...one} />),
    { ...column('begunAt', ({ begunAt }) => moment(begunAt, i18n.language)), wide: true },
    {
      ...column('endedAt', ({ endedAt }) =>
        endedAt === null ? '–' : moment(endedAt, i18n.language),
      ),
      wide: true,
    },
  ];
}

/** Whether one runs, in a word. */
export function Running({ endedAt }: Pick<Experiment, 'endedAt'>) {
  const { t } = useTranslation('experiments');
  const state = endedAt === null ? 'runs' : 'ended';
  return <Mark tone={state === 'runs' ? 'good' : 'plain'}>{t(`state.${state}`)}</Mark>;
}
