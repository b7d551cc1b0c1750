import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { CustomerStanding } from '../../../generated/api';
import { levelLabel, money, month } from '../../lib/format';
import { useWords } from '../../lib/words';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageHead } from '../../ui/PageHead';
import { Actions } from './Actions';
import { Bills } from './Bills';
import { NextSteps } from './NextSteps';
import { useStanding } from './reads';
import { Timeline } from './Timeline';

/** One customer: where he stands and why, what comes next, what happened, and what can be done. */
export default function Customer() {
  const { t } = useTranslation('customer');
  const { customerNo = '' } = useParams();
  const { data, error, refetch } = useStanding(customerNo);
  return (
    <>
      <PageHead
        title={data === undefined ? `${t('title')} ${customerNo}` : `${data.name} ${customerNo}`}
      >
        <Link to="/customers">{t('back')}</Link>
      </PageHead>
      {error && <Failure error={error} again={() => void refetch()} />}
      {data === undefined && !error && <Loading height={600} />}
      {data && (
        <>
          <Standing customer={data} />
          <div className="columns">
            <div>
              <Bills bills={data.bills} />
              <NextSteps customerNo={customerNo} />
              <Timeline customerNo={customerNo} />
            </div>
            <Actions customer={data} />
          </div>
        </>
      )}
    </>
  );
}

/** Who, and how much, at a glance. */
function Standing({ customer }: { customer: CustomerStanding }) {
  const { t, i18n } = useTranslation('customer');
  const { word } = useWords();
  const { level, openCycle, next } = customer;
  const held = next?.do === 'wait' && next.why === 'held';
  return (
    <section className="card" aria-label={t('standing')}>
      <p className="tags">
        <Tag>{customer.station}</Tag>
        <Tag>{word('category', customer.category)}</Tag>
        {held && <Tag color="orange">{t('held')}</Tag>}
        <span className="quiet">
          {[customer.phone, customer.email, customer.collector]
            .filter((one) => one !== null)
            .join(' · ')}
        </span>
      </p>
      <p>{customer.text}</p>
      <dl className="figures">
        <div>
          <dt>{t('owed')}</dt>
          <dd>{money(customer.owedFen)}</dd>
        </div>
        <div>
          <dt>{t('penalty')}</dt>
          <dd>{money(customer.penaltyFen)}</dd>
        </div>
        <div>
          <dt>{t('level')}</dt>
          <dd>{level === null ? t('ungraded') : levelLabel(level)}</dd>
        </div>
        <div>
          <dt>{t('cycle')}</dt>
          <dd>{openCycle === null ? t('noCycle') : month(openCycle, i18n.language)}</dd>
        </div>
      </dl>
    </section>
  );
}
