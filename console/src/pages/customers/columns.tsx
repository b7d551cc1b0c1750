import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Customer } from '../../../generated/api';
import { day, levelLabel, money } from '../../lib/format';
import { useAtLeast, useNarrow } from '../../lib/use-width';
import { useWords } from '../../lib/words';
import { columnsOf } from '../../ui/columns';
import type { Column } from '../../ui/VirtualRows';
import type { Choice } from './choice';

/** On a telephone only what tells customers apart, and how much; more as there is room. */
export function useColumns(choice: Choice): Column<Customer>[] {
  const { t, i18n } = useTranslation('customers');
  const { word } = useWords();
  const narrow = useNarrow();
  const medium = useAtLeast(1100);
  const wide = useAtLeast(1500);
  const column = columnsOf<Customer>(t);
  const link = ({ customerNo }: Customer) => (
    <Link to={`/customers/${encodeURIComponent(customerNo)}`}>{customerNo}</Link>
  );
  const box = useBox(choice);
  const number = column('customerNo', narrow ? '92px' : '120px', link);
  const name = column('name', 'minmax(0, 1fr)', ({ customerNo, name: who }) => (
    <Link to={`/customers/${encodeURIComponent(customerNo)}`} tabIndex={-1} className="plain">
      {who}
    </Link>
  ));
  const ungraded = narrow ? '–' : t('ungraded');
  const levelOf = ({ level: at }: Customer) => (at === null ? ungraded : levelLabel(at));
  const level = column(narrow ? 'levelShort' : 'level', narrow ? '36px' : '64px', levelOf);
  const owed = {
    ...column('owed', narrow ? '96px' : '110px', ({ owedFen }) => money(owedFen)),
    number: true,
  } as const;
  const stage = column('stage', '96px', (customer) =>
    customer.stage === null ? '–' : word('stage', customer.stage),
  );
  const more = [
    column('oldestDueOn', '116px', ({ oldestDueOn }) =>
      oldestDueOn === null ? '–' : day(oldestDueOn, i18n.language),
    ),
    column('flags', 'minmax(48px, 0.6fr)', ({ flags }) =>
      flags.map((flag) => word('flag', flag)).join(t('and')),
    ),
    column('station', '100px', ({ station }) => station),
  ];
  const most = [
    column('category', '110px', ({ category }) => word('category', category)),
    column('phone', '140px', ({ phone }) => phone ?? '–'),
  ];
  return [
    ...(narrow ? [] : [box]),
    ...[number, name, level, owed],
    ...(narrow ? [] : [stage]),
    ...(medium ? more : []),
    ...(wide ? most : []),
  ];
}

/** To choose customers for a bulk order: one by one, or all who fit. */
function useBox(choice: Choice): Column<Customer> {
  const { t } = useTranslation('customers');
  return {
    name: 'box',
    width: '24px',
    title: t('bulk.takeAll'),
    head: (
      <Checkbox
        aria-label={t('bulk.everyone')}
        checked={choice.all}
        indeterminate={choice.chosen.size > 0}
        onChange={({ target }) => choice.takeAll(target.checked)}
      />
    ),
    show: ({ customerNo }) => (
      <Checkbox
        aria-label={t('bulk.choose', { customerNo })}
        checked={choice.all || choice.chosen.has(customerNo)}
        disabled={choice.all}
        onChange={() => choice.toggle(customerNo)}
      />
    ),
  };
}
