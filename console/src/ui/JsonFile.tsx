import { Form } from 'antd';
import { useTranslation } from 'react-i18next';

/** A field for a file of JSON. Its value is the text of the file: what is in it, the API says. */
export function JsonFile({
  name,
  label,
  extra,
}: Readonly<{ name: string; label: string; extra: string }>) {
  const { t } = useTranslation();
  const isJson = (_: unknown, text: string | undefined) =>
    read(text) === null ? Promise.reject(new Error(t('order.noJson'))) : Promise.resolve();
  return (
    <Form.Item name={name} label={label} extra={extra} rules={[{ validator: isJson }]}>
      <Chosen />
    </Form.Item>
  );
}

type FromForm = Readonly<{ id?: string; onChange?: (text: string | undefined) => void }>;

/** What the form gives it: its label's name, and whom to tell. */
function Chosen({ id, onChange }: FromForm) {
  const take = async (file: File | undefined) => onChange?.(await file?.text());
  return (
    <input
      id={id}
      type="file"
      accept=".json,application/json"
      onChange={({ target }) => void take(target.files?.[0])}
    />
  );
}

/** What a file says; undefined when none was chosen, null when it is no JSON. */
export function read(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
