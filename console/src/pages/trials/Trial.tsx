import { Alert, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Simulation } from '../../../generated/api';
import { count, day, moment } from '../../lib/format';
import { useUrlFilters } from '../../lib/url-filters';
import { Failure } from '../../ui/Failure';
import { ChoiceFilter } from '../../ui/FilterFields';
import { Loading } from '../../ui/Loading';
import { PageHead } from '../../ui/PageHead';
import { Differing } from './Differing';
import { Orders } from './Orders';
import { isUnderWay, useSimulations } from './reads';
import { Report } from './Report';

/** What a version would do with the book: simulated against the one in force, looked at, and put forward. */
export default function Trial() {
  const { t } = useTranslation('trial');
  const { id = '' } = useParams();
  const { data, error, refetch } = useSimulations(id);
  return (
    <>
      <PageHead title={t('of', { id })}>
        <Link to={`/policies/${encodeURIComponent(id)}`}>{t('back')}</Link>
      </PageHead>
      {error && <Failure error={error} again={() => void refetch()} />}
      {data === undefined && !error && <Loading height={480} />}
      {data && <Simulations policyId={id} all={data.items} />}
    </>
  );
}

type All = Readonly<{ policyId: string; all: readonly Simulation[] }>;

/** The one that was chosen, else the latest. */
function Simulations({ policyId, all }: All) {
  const { t } = useTranslation('trial');
  const [{ simulation }, change] = useUrlFilters(['simulation'] as const);
  const chosen = all.find(({ id }) => id === simulation) ?? all[0];
  return (
    <div className="columns">
      <div>
        {all.length > 1 && <Choice all={all} chosen={chosen?.id} change={change} />}
        {chosen === undefined ? (
          <p className="card quiet">{t('none')}</p>
        ) : (
          <One simulation={chosen} />
        )}
      </div>
      <Orders policyId={policyId} simulation={chosen} />
    </div>
  );
}

function Choice({
  all,
  chosen,
  change,
}: Readonly<{
  all: readonly Simulation[];
  chosen: string | undefined;
  change: (to: { simulation: string }) => void;
}>) {
  const { t, i18n } = useTranslation('trial');
  const options = all.map(({ id, at, state }) => ({
    value: id,
    label: `${moment(at, i18n.language)} · ${t(`state.${state}`)}`,
  }));
  return (
    <div className="filters">
      <ChoiceFilter
        label={t('which')}
        value={chosen}
        change={(simulation) => change({ simulation })}
        options={options}
      />
    </div>
  );
}

function One({ simulation }: { simulation: Simulation }) {
  const { id, sha256 } = simulation;
  return (
    <>
      <Outcome simulation={simulation} />
      {sha256 !== null && (
        <>
          <Report id={id} />
          <Differing id={id} />
        </>
      )}
    </>
  );
}

/** How far it is, or how it ended. */
function Outcome({ simulation }: { simulation: Simulation }) {
  if (isUnderWay(simulation)) return <Far simulation={simulation} />;
  return simulation.state === 'finished' ? (
    <Finished simulation={simulation} />
  ) : (
    <Broken simulation={simulation} />
  );
}

/** Held against what, and over which days. */
function useSpan({ againstId, from, to }: Simulation) {
  const { i18n } = useTranslation();
  return { against: againstId, from: day(from, i18n.language), to: day(to, i18n.language) };
}

function Far({ simulation }: { simulation: Simulation }) {
  const { t, i18n } = useTranslation('trial');
  const { done, total } = simulation;
  const span = useSpan(simulation);
  return (
    <section className="card" aria-label={t('progress')}>
      <p role="status">{t(total === 0 ? 'begins' : 'runs', span)}</p>
      <Progress
        aria-label={t('progress')}
        percent={total === 0 ? 0 : Math.floor((100 * done) / total)}
      />
      <p className="quiet">
        {total > 0 &&
          t('far', { done: count(done, i18n.language), total: count(total, i18n.language) })}
      </p>
    </section>
  );
}

function Finished({ simulation }: { simulation: Simulation }) {
  const { t } = useTranslation('trial');
  const span = useSpan(simulation);
  const current = simulation.current === true;
  return (
    <Alert
      type={current ? 'success' : 'warning'}
      showIcon
      role="status"
      title={t('ended.finished', span)}
      description={current ? '' : t('old')}
    />
  );
}

function Broken({ simulation: { state, endedBy, failure } }: { simulation: Simulation }) {
  const { t } = useTranslation('trial');
  const failed = state === 'failed';
  return (
    <Alert
      type={failed ? 'error' : 'info'}
      showIcon
      role="status"
      title={t(failed ? 'ended.failed' : 'ended.stopped', { name: endedBy ?? '' })}
      description={failure ?? ''}
    />
  );
}
