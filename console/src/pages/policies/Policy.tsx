import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Policy as Shown } from '../../../generated/api';
import { day, moment } from '../../lib/format';
import { useUrlFilters } from '../../lib/url-filters';
import { Facts } from '../../ui/Facts';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageHead } from '../../ui/PageHead';
import { Ladder } from './Ladder';
import { Orders } from './Orders';
import { PolicyChanges } from './PolicyChanges';
import { Preview } from './Preview';
import { usePolicy } from './reads';
import { Rules } from './Rules';
import { State } from './State';
import './policies.css';

/** One version: the ladder as a table, its other rules, what differs from another, and what its messages say. */
export default function Policy() {
  const { t } = useTranslation('policies');
  const { id = '' } = useParams();
  const { data, error, refetch } = usePolicy(id);
  const [{ against }, change] = useUrlFilters(['against'] as const);
  return (
    <>
      <PageHead title={`${t('one')} ${id}`}>
        <Link to="/policies">{t('back')}</Link>
      </PageHead>
      {error && <Failure error={error} again={() => void refetch()} />}
      {data === undefined && !error && <Loading height={600} />}
      {data && (
        <div className="columns">
          <div>
            <Standing policy={data} />
            {data.kind === 'ladder' && <Ladder policy={data} />}
            <PolicyChanges
              id={id}
              kind={data.kind}
              against={against}
              change={(to) => change({ against: to })}
            />
            {data.kind === 'ladder' && <Preview policy={data} />}
            <Rules policy={data} />
          </div>
          <Orders policy={data} />
        </div>
      )}
    </>
  );
}

/** In force or not, since when, and by whom. */
function Standing({ policy }: { policy: Shown }) {
  const { t, i18n } = useTranslation('policies');
  const { kind, state, effectiveFrom, author, createdAt, activatedAt, activatedBy, faults } =
    policy;
  return (
    <section className="card" aria-label={t('standing')}>
      <Facts
        facts={[
          [t('kindIs'), t(`kind.${kind}`)],
          [t('stateIs'), <State state={state} />],
          [t('effectiveFrom'), day(effectiveFrom, i18n.language)],
          [t('author'), author],
          [t('createdAt'), moment(createdAt, i18n.language)],
          [t('activatedBy'), activatedBy],
          [t('activatedAt'), activatedAt === null ? null : moment(activatedAt, i18n.language)],
        ]}
      />
      {faults.length > 0 && (
        <Alert
          type="error"
          showIcon
          title={t('faults')}
          description={
            <ul>
              {faults.map(({ path, message }) => (
                <li key={`${path} ${message}`}>{`${path}: ${message}`}</li>
              ))}
            </ul>
          }
        />
      )}
    </section>
  );
}
