import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CustomerStanding } from '../../../../generated/api';
import { money, month } from '../../../lib/format';

/** Whatever may not be left empty. */
function useRequired() {
  const { t } = useTranslation('customer');
  return [{ required: true, message: t('common:required') }];
}

/** A day by the browser's own field: it knows the reader's calendar and the keyboard. */
export function DayField(given: {
  name: string;
  label: string;
  hint?: string;
  optional?: true;
  type?: 'date' | 'datetime-local';
}) {
  const { name, label, hint, optional, type = 'date' } = given;
  const required = useRequired();
  return (
    <Form.Item
      name={name}
      label={label}
      {...(hint === undefined ? {} : { extra: hint })}
      rules={optional ? [] : required}
    >
      <Input type={type} />
    </Form.Item>
  );
}

export type Choice = Readonly<{ value: string; label: string }>;

/** One of a few; when there is but one it is chosen, and where the first is what people mean, the first. */
export function ChoiceField(given: {
  name: string;
  label: string;
  options: readonly Choice[];
  first?: true;
}) {
  const { name, label, options, first } = given;
  const required = useRequired();
  const [one, ...others] = options;
  return (
    <Form.Item
      name={name}
      label={label}
      rules={required}
      {...(one !== undefined && (first || others.length === 0) ? { initialValue: one.value } : {})}
    >
      <Select options={[...options]} />
    </Form.Item>
  );
}

/** Yuan with two decimals at most, as people type them. */
export function YuanField({ name, label }: { name: string; label: string }) {
  const { t } = useTranslation('customer');
  const rules = [
    { required: true, message: t('common:required') },
    { pattern: YUAN, message: t('yuanHint') },
  ];
  return (
    <Form.Item name={name} label={label} rules={rules}>
      <Input inputMode="decimal" prefix="¥" className="yuan" />
    </Form.Item>
  );
}

const YUAN = /^\d{1,9}(\.\d{1,2})?$/;

/** What was typed as whole fen; null when it is no amount. By its digits: a fraction would not be exact. */
export function fenOf(text: string | undefined): number | null {
  if (text === undefined || !YUAN.test(text)) return null;
  const [yuan = '0', rest = ''] = text.split('.');
  return Number(yuan) * 100 + Number(rest.padEnd(2, '0'));
}

/** The bills that an order may be about. */
export function useBillChoices(bills: CustomerStanding['bills']): Choice[] {
  const { i18n } = useTranslation();
  return bills.map(({ billNo, period, outstandingFen }) => ({
    value: billNo,
    label: `${month(period, i18n.language)} · ${billNo} · ${money(outstandingFen)}`,
  }));
}
