import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { ImportRun } from '../../../generated/api';
import { call } from '../../lib/api';
import { count, moment, money } from '../../lib/format';
import { Facts } from '../../ui/Facts';
import { Failure } from '../../ui/Failure';
import { FigureList } from '../../ui/FigureList';
import { Loading } from '../../ui/Loading';
import { PageHead } from '../../ui/PageHead';
import { Rejects } from './Rejects';
import { RunState } from './RunState';
import './imports.css';

const AT_WORK_MS = 1_000;
const isAtWork = ({ state }: ImportRun) => state === 'receiving' || state === 'reading';

/** One import: how far it is, what became of its rows, and those that were not taken. */
export default function Import() {
  const { t } = useTranslation('imports');
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['imports', 'one', id],
    queryFn: ({ signal }) => call('GET /imports/{id}', { params: { id }, signal }),
    refetchInterval: ({ state }) =>
      state.data === undefined || isAtWork(state.data) ? AT_WORK_MS : false,
  });
  return (
    <>
      <PageHead title={data === undefined ? t('one') : t('oneOf', { name: data.name })}>
        <Link to="/imports">{t('back')}</Link>
      </PageHead>
      {error && <Failure error={error} again={() => void refetch()} />}
      {data === undefined && !error && <Loading height={480} />}
      {data && (
        <>
          <Outcome run={data} />
          <Figures run={data} />
          {data.rowsRejected > 0 && !isAtWork(data) && <Rejects run={data} />}
        </>
      )}
    </>
  );
}

/** What it came to, in a sentence. */
function Outcome({ run }: { run: ImportRun }) {
  const { t, i18n } = useTranslation('imports');
  const { state, because, nothingToDo, dryRun, firstImportedAt } = run;
  if (isAtWork(run))
    return (
      <Alert
        type="info"
        showIcon
        role="status"
        title={t('atWork', { n: count(run.rowsRead, i18n.language) })}
      />
    );
  if (state !== 'done')
    return (
      <Alert
        type="error"
        showIcon
        role="alert"
        title={t(`ended.${state}`)}
        description={because ?? ''}
      />
    );
  const kind = nothingToDo ? 'same' : run.rowsRejected > 0 ? 'partly' : 'whole';
  return (
    <Alert
      type={kind === 'partly' ? 'warning' : 'success'}
      showIcon
      role="status"
      title={t(`ended.${kind}`, {
        at: firstImportedAt === null ? '' : moment(firstImportedAt, i18n.language),
      })}
      description={dryRun ? t('ended.dryRun') : ''}
    />
  );
}

function Figures({ run }: { run: ImportRun }) {
  const { t, i18n } = useTranslation('imports');
  const n = (value: number) => count(value, i18n.language);
  const figures = [
    [t('rowsRead'), n(run.rowsRead)],
    [t('rowsTaken'), n(run.rowsTaken)],
    [t('rowsUnchanged'), n(run.rowsUnchanged)],
    [t('rowsRejected'), n(run.rowsRejected)],
    ...(run.kind === 'customers' ? [] : [[t('takenFen'), money(run.takenFen)] as const]),
  ] as const;
  return (
    <section className="card below" aria-label={t('figures')}>
      <FigureList figures={figures} />
      <Facts
        facts={[
          [t('stateIs'), <RunState state={run.state} />],
          [t('kindIs'), t(`kind.${run.kind}`)],
          [t('actor'), run.actor],
          [t('startedAt'), moment(run.startedAt, i18n.language)],
          [t('endedAt'), run.endedAt && moment(run.endedAt, i18n.language)],
          [t('matched'), run.matched === 0 ? null : n(run.matched)],
          [t('unmatchedHere'), run.unmatched === 0 ? null : n(run.unmatched)],
        ]}
      />
    </section>
  );
}
