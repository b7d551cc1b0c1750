import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SimulatedDifference } from '../../../generated/api';
import { call } from '../../lib/api';
import { count, money } from '../../lib/format';
import { useList } from '../../lib/list';
import { useMay } from '../../lib/session';
import { ListTable, type Cells } from '../../ui/DataTable';

/** Customer by customer what would be more or less, the greatest difference in cost first. */
export function Differing({ id }: { id: string }) {
  const { t, i18n } = useTranslation('trial');
  const may = useMay();
  const list = useList(
    ['simulations', 'differences', id],
    ({ cursor, signal }) =>
      call('GET /simulations/{id}/differences', { params: { id }, query: { cursor }, signal }),
    { again: false },
  );
  const signed = (n: number, text: string) => (n > 0 ? `+${text}` : text);
  const number = (
    name: 'sms' | 'email' | 'call' | 'visit' | 'review',
  ): Cells<SimulatedDifference> => ({
    ...{ name, title: t(`work.${name}`), number: true, wide: true },
    show: (row) => signed(row[name], count(row[name], i18n.language)),
  });
  return (
    <section aria-labelledby="differing">
      <div className="page-head">
        <h2 id="differing">{t('differing')}</h2>
        {may('export.read') && (
          <a href={`/api/v1/exports/simulated-differences?simulation=${encodeURIComponent(id)}`}>
            {t('csv')}
          </a>
        )}
      </div>
      <ListTable
        label={t('differing')}
        list={list}
        keyOf={({ customerNo }) => customerNo}
        empty={t('nobody')}
        columns={[
          {
            name: 'customer',
            title: t('customer'),
            show: ({ customerNo }) => (
              <Link to={`/customers/${encodeURIComponent(customerNo)}`}>{customerNo}</Link>
            ),
          },
          { name: 'station', title: t('station'), show: ({ station }) => station },
          number('sms'),
          number('email'),
          number('call'),
          number('visit'),
          number('review'),
          {
            ...{ name: 'cost', title: t('cost'), number: true as const },
            show: ({ costFen }) => signed(costFen, money(costFen)),
          },
        ]}
      />
    </section>
  );
}
