import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bill, BillPenalty } from '../../../generated/api';
import { day, moment, money, month } from '../../lib/format';
import { useWords } from '../../lib/words';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useBills, usePayments, usePenalties } from './reads';

/** Every bill, how far it is paid, and its penalty. */
export function Bills({ customerNo }: { customerNo: string }) {
  const { t } = useTranslation('customer');
  const bills = useBills(customerNo);
  const penalties = usePenalties(customerNo);
  const error = bills.error ?? penalties.error;
  if (error) return <Failure error={error} again={() => void bills.refetch()} />;
  if (bills.data === undefined || penalties.data === undefined) return <Loading height={260} />;
  const rows = bills.data.pages.flatMap(({ items }) => items);
  const of = new Map(penalties.data.items.map((one) => [one.billNo, one]));
  const heads = ['period', 'billNo', 'issuedOn', 'dueOn', 'state'] as const;
  const sums = ['amount', 'outstanding', 'charged', 'waived'] as const;
  return (
    <Table title={t('bills.title')} none={t('bills.none')} empty={rows.length === 0} list={bills}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th scope="col" key={head}>
              {t(`bills.${head}`)}
            </th>
          ))}
          {sums.map((head) => (
            <th scope="col" key={head} className="number">
              {t(`bills.${head}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((bill) => (
          <BillRow key={bill.billNo} bill={bill} penalty={of.get(bill.billNo)} />
        ))}
      </tbody>
    </Table>
  );
}

function BillRow({ bill, penalty }: { bill: Bill; penalty: BillPenalty | undefined }) {
  const { t, i18n } = useTranslation('customer');
  const { word } = useWords();
  const { billNo, outstandingFen, closedAs, disputed } = bill;
  const paid = outstandingFen > 0 ? t('bills.unpaid') : t('bills.paid');
  const credit = bill.amountFen < 0 ? t('bills.credit') : paid;
  const state = closedAs === null ? credit : word('outcome', closedAs);
  return (
    <tr>
      <td>{month(bill.period, i18n.language)}</td>
      <td>{billNo}</td>
      <td className="date">{day(bill.issuedOn, i18n.language)}</td>
      <td className="date">{day(bill.dueOn, i18n.language)}</td>
      <td>{disputed ? `${state}${t('and')}${word('flag', 'disputed')}` : state}</td>
      <td className="number">{money(bill.amountFen)}</td>
      <td className="number">{money(outstandingFen)}</td>
      <td className="number">{money(penalty?.chargedFen ?? 0)}</td>
      <td className="number">{money(penalty?.waivedFen ?? 0)}</td>
    </tr>
  );
}

/** What came in, whoever brought it. */
export function Payments({ customerNo }: { customerNo: string }) {
  const { t, i18n } = useTranslation('customer');
  const { word } = useWords();
  const payments = usePayments(customerNo);
  const { data, error, refetch } = payments;
  if (error) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Loading height={160} />;
  const rows = data.pages.flatMap(({ items }) => items);
  return (
    <Table
      title={t('payments.title')}
      none={t('payments.none')}
      empty={rows.length === 0}
      list={payments}
    >
      <thead>
        <tr>
          <th scope="col">{t('payments.receivedAt')}</th>
          <th scope="col">{t('payments.ref')}</th>
          <th scope="col">{t('payments.channel')}</th>
          <th scope="col" className="number">
            {t('payments.amount')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ paymentRef, receivedAt, channel, amountFen }) => (
          <tr key={paymentRef}>
            <td className="date">{moment(receivedAt, i18n.language)}</td>
            <td>{paymentRef}</td>
            <td>{word('payment', channel)}</td>
            <td className="number">{money(amountFen)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

type Paged = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };

/** A table that says when it is empty, and asks for more when there is more. */
export function Table(
  given: Readonly<{
    title: string;
    none: string;
    empty: boolean;
    list?: Paged;
    children: ReactNode;
  }>,
) {
  const { title, none, empty, list, children } = given;
  const { t } = useTranslation('customer');
  return (
    <>
      <h2>{title}</h2>
      {empty ? (
        <p className="quiet">{none}</p>
      ) : (
        <div className="scroll-x" tabIndex={0} role="region" aria-label={title}>
          <table className="grid">{children}</table>
        </div>
      )}
      {list?.hasNextPage === true && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}
