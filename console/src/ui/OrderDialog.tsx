import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useOrder } from '../lib/order';
import { Failure } from './Failure';
import type { Order } from './OrderAction';

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
