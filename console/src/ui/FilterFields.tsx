import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';

export type Option = Readonly<{ value: string; label: string }>;
type Given = Readonly<{
  label: string;
  value: string | undefined;
  change: (to: string) => void;
}>;

/** A filter of a few choices; counts at once. `all` is what none chosen means. */
export function ChoiceFilter({
  label,
  value,
  change,
  options,
  all,
}: Given & { options: readonly Option[]; all?: string }) {
  const { t } = useTranslation();
  return (
    <label>
      {label}
      <Select
        aria-label={label}
        allowClear={all === undefined}
        placeholder={all ?? t('all')}
        options={[...options]}
        popupMatchSelectWidth={false}
        {...(value === undefined ? {} : { value })}
        onChange={(to: string | undefined) => change(to ?? '')}
      />
    </label>
  );
}

/** A filter that is typed; counts by Enter, or when one goes on. */
export function TextFilter({ label, value = '', change }: Given) {
  const take = (text: string) => {
    if (text.trim() !== value) change(text.trim());
  };
  return (
    <label>
      {label}
      <Input
        key={value}
        defaultValue={value}
        allowClear
        onPressEnter={({ currentTarget }) => take(currentTarget.value)}
        onBlur={({ currentTarget }) => take(currentTarget.value)}
        onClear={() => take('')}
      />
    </label>
  );
}
