import { CloseCircleFilled } from '@ant-design/icons';
import { Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

export type Option = Readonly<{ value: string; label: string }>;
type Given = Readonly<{
  label: string;
  value: string | undefined;
  change: (to: string) => void;
}>;

/** A filter of a few choices; counts at once. `all` is what none chosen means, and one of the choices; `none` what it means where it is none. */
export function ChoiceFilter({
  label,
  value,
  change,
  options,
  all,
  none,
}: Given & { options: readonly Option[]; all?: string; none?: string }) {
  const { t } = useTranslation();
  return (
    <label>
      {label}
      <Select
        aria-label={label}
        allowClear={all === undefined}
        placeholder={all ?? none ?? t('all')}
        options={[...options]}
        popupMatchSelectWidth={false}
        {...(value === undefined ? {} : { value })}
        onChange={(to: string | undefined) => change(to ?? '')}
      />
    </label>
  );
}

type Typed = Given & Readonly<{ hint?: string; digits?: true }>;

/** A filter that is typed; counts by Enter, or when one goes on. `digits`: nothing else counts. */
export function TextFilter({ label, value = '', change, hint = '', digits }: Typed) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  // The address may change without this field: one goes back, or a link leads here.
  useEffect(() => setText(value), [value]);
  const take = () => {
    const wanted = digits ? text.replace(/\D/g, '') : text.trim();
    if (wanted !== value) change(wanted);
  };
  return (
    <label>
      {label}
      <Input
        value={text}
        onChange={({ target }) => setText(target.value)}
        placeholder={hint}
        allowClear={{ clearIcon: <CloseCircleFilled aria-label={t('clear')} /> }}
        inputMode={digits ? 'numeric' : 'text'}
        onPressEnter={take}
        onBlur={take}
        onClear={() => change('')}
      />
    </label>
  );
}
