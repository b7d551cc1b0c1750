import { Checkbox, Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { User } from '../../../generated/api';

const ROLES = ['clerk', 'collector', 'supervisor', 'administrator', 'auditor'] as const;
/** As the form has it; stations as people type them. */
export type Person = {
  name: string;
  role: User['role'];
  everywhere: boolean;
  stations?: string;
  assignee?: string;
};

/** As the API takes it. */
export const personOf = ({ name, role, everywhere, stations = '', assignee = '' }: Person) => ({
  name,
  role,
  stations: everywhere ? null : stations.split(/[\s,，、]+/).filter((one) => one !== ''),
  assignee: assignee.trim() === '' ? null : assignee.trim(),
});

/** As the form takes it. */
export const formOf = ({ name, role, stations, assignee }: User): Person => ({
  name,
  role,
  everywhere: stations === null,
  stations: stations?.join(', ') ?? '',
  assignee: assignee ?? '',
});

/** What an administrator decides about a person: name, role, where, and the name that tasks carry. */
export function PersonFields({ initial }: { initial?: Person }) {
  const { t } = useTranslation('users');
  const everywhere = Form.useWatch<boolean | undefined>('everywhere') ?? initial?.everywhere;
  const required = [{ required: true, whitespace: true, message: t('common:required') }];
  const from = (name: keyof Person) =>
    initial === undefined ? {} : { initialValue: initial[name] };
  return (
    <>
      <Form.Item name="name" label={t('name')} rules={required} {...from('name')}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="role"
        label={t('role')}
        rules={[{ required: true, message: t('common:required') }]}
        {...from('role')}
      >
        <Radio.Group
          vertical
          options={ROLES.map((value) => ({
            value,
            label: t('roleDoes', { role: t(`common:role.${value}`), does: t(`does.${value}`) }),
          }))}
        />
      </Form.Item>
      <Form.Item
        name="everywhere"
        valuePropName="checked"
        initialValue={initial?.everywhere ?? false}
      >
        <Checkbox>{t('everywhere')}</Checkbox>
      </Form.Item>
      {everywhere !== true && (
        <Form.Item
          name="stations"
          label={t('stations')}
          extra={t('stationsHint')}
          rules={required}
          {...from('stations')}
        >
          <Input autoComplete="off" />
        </Form.Item>
      )}
      <Form.Item
        name="assignee"
        label={t('assignee')}
        extra={t('assigneeHint')}
        {...from('assignee')}
      >
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
    </>
  );
}

/** A first or a new password; the person should change it. */
export function PasswordField({ optional }: { optional?: true }) {
  const { t } = useTranslation('users');
  return (
    <Form.Item
      name="password"
      label={t('password')}
      extra={t(optional ? 'passwordOptional' : 'passwordHint')}
      rules={optional ? [] : [{ required: true, message: t('common:required') }]}
    >
      <Input.Password autoComplete="new-password" maxLength={512} visibilityToggle={false} />
    </Form.Item>
  );
}
