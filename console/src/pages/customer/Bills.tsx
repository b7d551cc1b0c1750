import { useTranslation } from 'react-i18next';
import type { CustomerStanding } from '../../../generated/api';
import { day, levelLabel, money, month } from '../../lib/format';

/** What is unpaid, bill by bill. */
export function Bills({ bills }: { bills: CustomerStanding['bills'] }) {
  const { t, i18n } = useTranslation('customer');
  return (
    <section className="card">
      <h2>{t('bills.title')}</h2>
      {bills.length === 0 ? (
        <p className="quiet">{t('bills.none')}</p>
      ) : (
        <div className="scroll-x" tabIndex={0} role="region" aria-label={t('bills.title')}>
          <table className="grid">
            <thead>
              <tr>
                <th scope="col">{t('bills.period')}</th>
                <th scope="col">{t('bills.billNo')}</th>
                <th scope="col">{t('bills.dueOn')}</th>
                <th scope="col">{t('bills.level')}</th>
                <th scope="col" className="number">
                  {t('bills.outstanding')}
                </th>
              </tr>
            </thead>
            <tbody>
              {bills.map(({ billNo, period, dueOn, level, outstandingFen }) => (
                <tr key={billNo}>
                  <td>{month(period, i18n.language)}</td>
                  <td>{billNo}</td>
                  <td>{day(dueOn, i18n.language)}</td>
                  <td>{levelLabel(level)}</td>
                  <td className="number">{money(outstandingFen)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
