import type { QueryKey } from '@tanstack/react-query';
import { Form, Input, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useOrder, useTrial } from '../lib/order';
import type { Permission } from '../lib/session';
import { useSettled } from '../lib/settled';
import { Failure } from './Failure';
import { FocusIn } from './FocusIn';
import { useFocusBack } from './use-focus-back';

export type Order<Given, Tried = unknown> = Readonly<{
  permission: Permission;
  /** What the button says, and the dialog's title. */
  title: string;
  /** In words what it will do, before it is done. */
  explained: string;
  /** Null: it can be done; else a sentence why not now. */
  impossible?: string | null;
  danger?: true;
  /** No reason is asked for: something else says why. */
  noReason?: true;
  /** Fields beside the reason. */
  fields?: ReactNode;
  /** Names of the fields that must be filled in before it can be tried; the reason is none of them. */
  needs?: readonly (keyof Given & string)[];
  /** More exactly, for what is filled in: a sentence or two, null when there is none yet. */
  foreseen?: (given: Partial<Given>) => string | null;
  /** Asks the API what would become of it; shown in the dialog as soon as the fields are filled in. */
  trial?: (given: Given & { reason: string }) => Promise<Tried>;
  /** What the trial found, in words; absent: that it can be done. */
  found?: (answer: Tried) => string;
  give: (given: Given & { reason: string }, key: string) => Promise<unknown>;
  /** What is to be read again afterwards. */
  changes: readonly QueryKey[];
}>;

const HAND_RESTS_MS = 400;

/** Asks for the reason and what else is needed, says what will happen, and shows what was or would be refused with its sentence. */
export function OrderDialog<Given extends object, Tried = unknown>({
  order,
  close,
}: {
  order: Order<Given, Tried>;
  close: () => void;
}) {
  const { t } = useTranslation();
  useFocusBack();
  const [form] = Form.useForm<Given & { reason: string }>();
  const given = Form.useWatch([], form) as Partial<Given & { reason: string }> | undefined;
  const { mutate, error, isPending } = useOrder(order.give, {
    said: order.title,
    changes: order.changes,
    after: close,
  });
  const trial = useTrialOf(order, given ?? {});
  const foreseen = order.foreseen?.(given ?? {}) ?? null;
  const required = [{ required: true, whitespace: true, message: t('order.reasonNeeded') }];
  return (
    <Modal
      open
      title={order.title}
      okText={order.title}
      okButtonProps={{ danger: order.danger === true, disabled: trial.error !== null }}
      confirmLoading={isPending}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <p>{order.explained}</p>
      {error && !trial.error && <Failure error={error} />}
      <FocusIn>
        <Form form={form} layout="vertical" onFinish={(all) => mutate(all)}>
          {order.fields}
          {order.noReason === undefined && (
            <Form.Item name="reason" label={t('order.reason')} rules={required}>
              <Input.TextArea rows={2} maxLength={500} />
            </Form.Item>
          )}
        </Form>
      </FocusIn>
      {foreseen !== null && <p className="foreseen">{foreseen}</p>}
      {order.trial && <TriedIt {...trial} />}
    </Modal>
  );
}

type Trial = { error: Error | null; state: 'none' | 'asking' | 'fine'; found: string };

/** Once the fields are filled in, whatever the reason will be. */
function useTrialOf<Given extends object, Tried>(
  { title, trial, found, needs = [] }: Order<Given, Tried>,
  given: Partial<Given & { reason: string }>,
): Trial {
  const { t } = useTranslation();
  const fields = { ...given, reason: '' };
  const filled = needs.every((name) => !['', undefined, null].includes(valueOf(fields, name)));
  const settled = useSettled(JSON.stringify(filled ? fields : null), HAND_RESTS_MS);
  const filledIn = JSON.parse(settled) as Given | null;
  const asked = filledIn === null ? null : { ...filledIn, reason: t('order.tried') };
  const { error, isFetching, data } = useTrial(title, asked, trial);
  if (isFetching) return { error: null, state: 'asking', found: '' };
  if (data === undefined || data === null) return { error, state: 'none', found: '' };
  return { error, state: 'fine', found: found?.(data) ?? t('order.fine') };
}

const valueOf = (fields: object, name: string) =>
  (fields as Record<string, string | null | undefined>)[name];

function TriedIt({ error, state, found }: Trial) {
  const { t } = useTranslation();
  if (error) return <Failure error={error} />;
  return (
    <p className={`tried ${state}`} role="status">
      {state === 'asking' ? t('order.asking') : found}
    </p>
  );
}
