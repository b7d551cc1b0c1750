import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Customer } from '../../../generated/api';
import { day, levelLabel, money } from '../../lib/format';
import { useNarrow } from '../../lib/use-narrow';
import { useWords } from '../../lib/words';
import type { Column } from '../../ui/VirtualRows';

/** On a telephone only what tells customers apart, and how much. */
export function useColumns(): Column<Customer>[] {
  const { t, i18n } = useTranslation('customers');
  const { word } = useWords();
  const narrow = useNarrow();
  const column = (name: string, width: string, show: Column<Customer>['show']) => ({
    name,
    width,
    title: t(name),
    show,
  });
  const link = ({ customerNo }: Customer) => (
    <Link to={`/customers/${encodeURIComponent(customerNo)}`}>{customerNo}</Link>
  );
  const number = column('customerNo', narrow ? '104px' : '140px', link);
  const name = column('name', 'minmax(80px, 1fr)', (customer) => customer.name);
  const level = column('level', narrow ? '32px' : '72px', (customer) =>
    customer.level === null ? t('ungraded') : levelLabel(customer.level),
  );
  const owed = {
    ...column('owed', '110px', ({ owedFen }) => money(owedFen)),
    number: true,
  } as const;
  if (narrow) return [number, name, level, owed];
  return [
    number,
    name,
    level,
    owed,
    column('oldestDueOn', '120px', ({ oldestDueOn }) =>
      oldestDueOn === null ? '–' : day(oldestDueOn, i18n.language),
    ),
    column('stage', '110px', ({ stage }) => (stage === null ? '–' : word('stage', stage))),
    column('flags', 'minmax(60px, 0.6fr)', ({ flags }) =>
      flags.map((flag) => word('flag', flag)).join(t('and')),
    ),
    column('station', '100px', ({ station }) => station),
    column('category', '110px', ({ category }) => word('category', category)),
    column('phone', '140px', ({ phone }) => phone ?? '–'),
  ];
}
