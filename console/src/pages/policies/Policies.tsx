import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PolicyVersion } from '../../../generated/api';
import { day } from '../../lib/format';
import { cellsOf } from '../../ui/columns';
import { DataTable, type Cells } from '../../ui/DataTable';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageHead } from '../../ui/PageHead';
import { useVersions } from './reads';
import { State } from './State';

const KINDS = ['ladder', 'grading'] as const;

/** The versions of the ladder and of the grading: which is in force, which was, which is to come. */
export default function Policies() {
  const { t } = useTranslation('policies');
  const { data, error, refetch } = useVersions();
  const columns = useColumns();
  return (
    <>
      <PageHead title={t('title')}>
        <Link to="/experiments">{t('experiments')}</Link>
      </PageHead>
      <p className="quiet lead">{t('lead')}</p>
      {error && <Failure error={error} again={() => void refetch()} />}
      {data === undefined && !error && <Loading height={400} />}
      {data &&
        KINDS.map((kind) => (
          <section className="card" key={kind} aria-labelledby={`kind-${kind}`}>
            <h2 id={`kind-${kind}`}>{t(`kind.${kind}`)}</h2>
            <p className="quiet">{t(`about.${kind}`)}</p>
            <DataTable
              label={t('versionsOf', { kind: t(`kind.${kind}`) })}
              columns={columns}
              rows={data.items.filter((one) => one.kind === kind)}
              keyOf={({ id }) => id}
            />
          </section>
        ))}
    </>
  );
}

function useColumns(): Cells<PolicyVersion>[] {
  const { t, i18n } = useTranslation('policies');
  const column = cellsOf<PolicyVersion>(t);
  return [
    column('version', ({ id }) => <Link to={`/policies/${encodeURIComponent(id)}`}>{id}</Link>),
    column('stateIs', ({ state }) => <State state={state} />),
    column('effectiveFrom', ({ effectiveFrom }) => day(effectiveFrom, i18n.language)),
    { ...column('author', ({ author }) => author), wide: true },
    { ...column('activatedBy', ({ activatedBy }) => activatedBy ?? '–'), wide: true },
  ];
}
