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
  const [{ simulation }, change] = useUrlFilters(['simulation'] as const);
  const chosen = data?.items.find((one) => one.id === simulation) ?? data?.items[0];
  return (
    <>
      <PageHead title={t('of', { id })}>
        <Link to={`/policies/${encodeURIComponent(id)}`}>{t('back')}</Link>
      </PageHead>
      {error && <Failure error={error} again={() => void refetch()} />}
      {data === undefined && !error && <Loading height={480} />}
      {data && (
        <div className="columns">
          <div>
            {data.items.length > 1 && (
              <Choice all={data.items} chosen={chosen?.id} change={change} />
            )}
            {chosen === undefined ? (
              <p className="card quiet">{t('none')}</p>
            ) : (
              <One simulation={chosen} />
            )}
          </div>
          <Orders policyId={id} simulation={chosen} />
        </div>
      )}
    </>
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
  const { t, i18n } = useTranslation('trial');
  const { state, done, total, failure, endedBy, current, againstId, from, to } = simulation;
  const span = { against: againstId, from: day(from, i18n.language), to: day(to, i18n.language) };
  if (isUnderWay(simulation))
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
  if (state !== 'finished')
    return (
      <Alert
        type={state === 'failed' ? 'error' : 'info'}
        showIcon
        role="status"
        title={t(`ended.${state === 'failed' ? 'failed' : 'stopped'}`, { name: endedBy ?? '' })}
        description={failure ?? ''}
      />
    );
  return (
    <Alert
      type={current === true ? 'success' : 'warning'}
      showIcon
      role="status"
      title={t('ended.finished', span)}
      description={current === true ? '' : t('old')}
    />
  );
}
