import type { QueryKey } from '@tanstack/react-query';
import { Form, Input, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useOrder } from '../lib/order';
import type { Permission } from '../lib/session';
import { Failure } from './Failure';

export type Order<Given> = Readonly<{
  permission: Permission;
  /** What the button says, and the dialog's title. */
  title: string;
  /** In words what it will do, before it is done. */
  explained: string;
  /** Null: it can be done; else a sentence why not now. */
  impossible?: string | null;
  danger?: true;
  /** Fields beside the reason. */
  fields?: ReactNode;
  give: (given: Given & { reason: string }, key: string) => Promise<unknown>;
  /** What is to be read again afterwards. */
  changes: readonly QueryKey[];
}>;

/** Asks for the reason and what else is needed, says what will happen, and shows what was refused with its sentence. */
export function OrderDialog<Given extends object>({
  order,
  close,
}: {
  order: Order<Given>;
  close: () => void;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Given & { reason: string }>();
  const { mutate, error, isPending } = useOrder(order.give, {
    said: order.title,
    changes: order.changes,
    after: close,
  });
  const required = [{ required: true, whitespace: true, message: t('order.reasonNeeded') }];
  return (
    <Modal
      open
      title={order.title}
      okText={order.title}
      okButtonProps={{ danger: order.danger === true }}
      confirmLoading={isPending}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <p>{order.explained}</p>
      {error && <Failure error={error} />}
      <Form form={form} layout="vertical" onFinish={(given) => mutate(given)}>
        {order.fields}
        <Form.Item name="reason" label={t('order.reason')} rules={required}>
          <Input.TextArea rows={2} maxLength={500} autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}
