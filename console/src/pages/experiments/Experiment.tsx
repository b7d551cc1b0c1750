import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Experiment as Row } from '../../../generated/api';
import { moment } from '../../lib/format';
import { Facts } from '../../ui/Facts';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageHead } from '../../ui/PageHead';
import { Arms } from './Arms';
import { Running } from './Experiments';
import { Orders } from './Orders';
import { useFigures } from './reads';

/** One experiment: what runs against what, for how many, and what came of it on either side. */
export default function Experiment() {
  const { t } = useTranslation('experiments');
  const { id = '' } = useParams();
  const { data, error, refetch } = useFigures(id);
  return (
    <>
      <PageHead
        title={data === undefined ? t('one') : t('of', { id: data.experiment.challengerId })}
      >
        <Link to="/experiments">{t('backToList')}</Link>
      </PageHead>
      {error && <Failure error={error} again={() => void refetch()} />}
      {data === undefined && !error && <Loading height={700} />}
      {data && (
        <div className="columns">
          <div>
            <About experiment={data.experiment} />
            <Arms figures={data} />
          </div>
          <Orders experiment={data.experiment} />
        </div>
      )}
    </>
  );
}

function About({ experiment }: { experiment: Row }) {
  const { t, i18n } = useTranslation('experiments');
  const { championId, challengerId, sharePercent, reason, begunAt, endedAt } = experiment;
  const version = (id: string) => <Link to={`/policies/${encodeURIComponent(id)}`}>{id}</Link>;
  return (
    <section className="card" aria-label={t('about')}>
      <Facts
        facts={[
          [t('stateIs'), <Running {...experiment} />],
          [t('challenger'), version(challengerId)],
          [t('champion'), version(championId)],
          [t('share'), `${sharePercent}%`],
          [t('reason'), reason],
          [t('requestedBy'), experiment.requestedBy],
          [t('approvedBy'), experiment.approvedBy],
          [t('begunAt'), moment(begunAt, i18n.language)],
          [t('endedAt'), endedAt === null ? null : moment(endedAt, i18n.language)],
          [t('endApprovedBy'), experiment.endApprovedBy],
        ]}
      />
    </section>
  );
}
