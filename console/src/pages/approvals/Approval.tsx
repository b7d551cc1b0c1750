import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Approval as Asked } from '../../../generated/api';
import { call } from '../../lib/api';
import { moment } from '../../lib/format';
import { AGAIN_MS } from '../../lib/list';
import { Facts } from '../../ui/Facts';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageHead } from '../../ui/PageHead';
import { PolicyChanges } from '../policies/PolicyChanges';
import { About } from './About';
import { Decision } from './Decision';
import { Evidence } from './Evidence';
import { Orders } from './Orders';
import { textIn, useWanted } from './wanted';

/** One thing that waits for a second person: what it will do, why, who asked, and the decision. */
export default function Approval() {
  const { t } = useTranslation('approvals');
  const { shortly, inFull } = useWanted();
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['approvals', 'one', id],
    queryFn: ({ signal }) => call('GET /approvals/{id}', { params: { id }, signal }),
    refetchInterval: AGAIN_MS,
  });
  return (
    <>
      <PageHead title={data === undefined ? t('one') : shortly(data)}>
        <Link to="/approvals">{t('back')}</Link>
      </PageHead>
      {error && <Failure error={error} again={() => void refetch()} />}
      {data === undefined && !error && <Loading height={480} />}
      {data && (
        <div className="columns">
          <div>
            <section className="card" aria-label={t('does')}>
              <h2>{t('does')}</h2>
              <p className="statement">{inFull(data)}</p>
              {data.customerNo !== null && <About customerNo={data.customerNo} />}
              {isOfAPolicy(data) && (
                <p>
                  <Link to={`/policies/${encodeURIComponent(policyOf(data))}`}>
                    {t('seePolicy')}
                  </Link>
                </p>
              )}
            </section>
            {isOfAPolicy(data) && (
              <>
                <Evidence approval={data} />
                <PolicyChanges id={policyOf(data)} />
              </>
            )}
            <Story approval={data} />
          </div>
          <Orders approval={data} />
        </div>
      )}
    </>
  );
}

/** The version that would be put to use. */
const policyOf = (approval: Asked): string =>
  textIn(approval, 'policyId') || textIn(approval, 'challengerId');
const isOfAPolicy = (approval: Asked): boolean => policyOf(approval) !== '';

/** Who asked why, and what was decided why. */
function Story({ approval }: { approval: Asked }) {
  const { t, i18n } = useTranslation('approvals');
  const { decidedBy, decidedAt, decisionReason } = approval;
  const at = (instant: string | null) => (instant === null ? null : moment(instant, i18n.language));
  return (
    <section className="card" aria-label={t('story')}>
      <h2>{t('story')}</h2>
      <Facts
        facts={[
          [t('stateIs'), <Decision approval={approval} />],
          [t('requestedBy'), approval.requestedBy],
          [t('requestedAt'), at(approval.requestedAt)],
          [t('reason'), approval.reason],
          [t('decidedBy'), decidedBy],
          [t('decidedAt'), at(decidedAt)],
          [t('decisionReason'), decidedBy === null ? null : decisionReason],
        ]}
      />
    </section>
  );
}
