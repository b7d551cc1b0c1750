import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { listAddress } from '../../lib/last-list';
import { useUrlFilters } from '../../lib/url-filters';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageHead } from '../../ui/PageHead';
import { Tabs } from '../../ui/Tabs';
import { Actions } from './Actions';
import { Cases } from './Cases';
import { Grades } from './Grades';
import { Bills, Payments } from './Money';
import { NextSteps } from './NextSteps';
import { Standing } from './Standing';
import { useCustomer } from './state';
import { Timeline } from './Timeline';

/** One customer: where he stands and why, what comes next, what happened, and what can be done. */
export default function Customer() {
  const { t } = useTranslation('customer');
  const { customerNo = '' } = useParams();
  const { ready, customer, inForce, error, again } = useCustomer(customerNo);
  return (
    <>
      <PageHead
        title={
          customer === undefined
            ? `${t('title')} ${customerNo}`
            : `${customer.name} ${customer.customerNo}`
        }
      >
        <Link to={listAddress('/customers')}>{t('back')}</Link>
      </PageHead>
      {error && <Failure error={error} again={again} />}
      {!ready && <Loading height={900} />}
      {ready && customer && (
        <div className="customer">
          <Standing customer={customer} inForce={inForce} />
          <NextSteps customerNo={customerNo} />
          <Actions customer={customer} inForce={inForce} />
          <Record customerNo={customerNo} />
        </div>
      )}
    </>
  );
}

const TABS = ['timeline', 'money', 'grade', 'cases'] as const;

/** All that is on record, by what one looks for; the address keeps which. */
function Record({ customerNo }: { customerNo: string }) {
  const { t } = useTranslation('customer');
  const [{ tab = 'timeline' }, change] = useUrlFilters(['tab']);
  const shown = {
    timeline: <Timeline customerNo={customerNo} />,
    money: (
      <>
        <Bills customerNo={customerNo} />
        <Payments customerNo={customerNo} />
      </>
    ),
    grade: <Grades customerNo={customerNo} />,
    cases: <Cases customerNo={customerNo} />,
  };
  return (
    <section className="card record" aria-label={t('record')}>
      <Tabs
        label={t('record')}
        tabs={TABS.map((key) => ({ key, label: t(`tab.${key}`), shows: shown[key] }))}
        shown={TABS.find((one) => one === tab) ?? 'timeline'}
        show={(to) => change({ tab: to === 'timeline' ? '' : to })}
      />
    </section>
  );
}
