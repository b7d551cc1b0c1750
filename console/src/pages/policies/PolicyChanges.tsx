import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PolicyDiff, PolicyVersion } from '../../../generated/api';
import { call } from '../../lib/api';
import { DataTable } from '../../ui/DataTable';
import { Failure } from '../../ui/Failure';
import { ChoiceFilter } from '../../ui/FilterFields';
import { Loading } from '../../ui/Loading';
import { useReading } from './reading';
import { useVersions } from './reads';

type Choice = Readonly<{
  kind: PolicyVersion['kind'];
  against: string | undefined;
  change: (to: string) => void;
}>;

/** What differs from the version in force, or from another that may be chosen. */
export function PolicyChanges({ id, ...choice }: { id: string } & (Choice | object)) {
  const { t } = useTranslation('policies');
  const chosen = 'change' in choice ? choice : null;
  const against = chosen?.against;
  const { data, error, refetch } = useQuery({
    queryKey: ['policies', 'diff', id, against],
    queryFn: ({ signal }) =>
      call('GET /policies/{id}/diff', { params: { id }, query: { against }, signal }),
  });
  return (
    <section className="card" aria-labelledby="changes">
      <h2 id="changes">{t('changes.title')}</h2>
      {chosen && <Against id={id} {...chosen} />}
      {error && <Failure error={error} again={() => void refetch()} />}
      {data === undefined && !error && <Loading height={120} />}
      {data && <Changes diff={data} id={id} />}
    </section>
  );
}

function Against({ id, kind, against, change }: { id: string } & Choice) {
  const { t } = useTranslation('policies');
  const { data } = useVersions();
  const options = (data?.items ?? [])
    .filter((one) => one.kind === kind && one.id !== id)
    .map((one) => ({ value: one.id, label: `${one.id} · ${t(`state.${one.state}`)}` }));
  return (
    <div className="filters">
      <ChoiceFilter
        label={t('changes.against')}
        value={against}
        change={change}
        options={options}
        none={t('changes.inForce')}
      />
    </div>
  );
}

function Changes({ diff: { before, changes }, id }: { diff: PolicyDiff; id: string }) {
  const { t } = useTranslation('policies');
  const { label, value } = useReading();
  if (before === id) return <p className="quiet">{t('changes.itself')}</p>;
  if (changes.length === 0) return <p className="quiet">{t('changes.none', { before })}</p>;
  const column = (name: 'before' | 'after') => ({
    name,
    title: name === 'before' ? before : id,
    show: (change: PolicyDiff['changes'][number]) => value(change.path, change[name]),
  });
  return (
    <DataTable
      label={t('changes.title')}
      rows={changes}
      keyOf={({ path }) => path}
      columns={[
        { name: 'where', title: t('changes.where'), show: ({ path }) => label(path) },
        column('before'),
        column('after'),
      ]}
    />
  );
}
