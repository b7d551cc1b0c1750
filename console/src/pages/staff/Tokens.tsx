import { Button, Checkbox, Form, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '../../../generated/api';
import { call } from '../../lib/api';
import { useList } from '../../lib/list';
import { useSession, type Permission } from '../../lib/session';
import type { Order } from '../../ui/OrderAction';
import { OrderDialog } from '../../ui/OrderDialog';
import { PageHead } from '../../ui/PageHead';
import { useFocusBack } from '../../ui/use-focus-back';
import { useScopeWord } from './scopes';
import { TokenTable } from './TokenTable';
import './staff.css';

type Issued = Api['POST /tokens']['answer'];

/** One's own tokens for programs and the command line; a new one's secret is shown this once. */
export default function Tokens() {
  const { t } = useTranslation('tokens');
  const [issued, setIssued] = useState<Issued | null>(null);
  const list = useList(['tokens', 'list'], ({ cursor, signal }) =>
    call('GET /tokens', { query: { cursor }, signal }),
  );
  return (
    <>
      <PageHead title={t('title')}>
        <Issue done={setIssued} />
      </PageHead>
      <p className="quiet lead">{t('lead')}</p>
      {issued && <Secret issued={issued} close={() => setIssued(null)} />}
      <TokenTable list={list} label={t('title')} empty={t('empty')} owner={null} />
    </>
  );
}

type New = { name: string; scopes: Permission[]; days: number };
const DAYS = { usual: 90, most: 365 } as const;

function Issue({ done }: { done: (issued: Issued) => void }) {
  const { t } = useTranslation('tokens');
  const [open, setOpen] = useState(false);
  const required = { required: true, message: t('common:required') };
  const order: Order<New> = {
    permission: 'token.own',
    title: t('issue.title'),
    explained: t('issue.explained'),
    fields: (
      <>
        <Form.Item
          name="name"
          label={t('issue.name')}
          extra={t('issue.nameHint')}
          rules={[{ ...required, whitespace: true }]}
        >
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item name="scopes" label={t('scopes')} rules={[required]}>
          <Scopes />
        </Form.Item>
        <Form.Item name="days" label={t('issue.days')} initialValue={DAYS.usual} rules={[required]}>
          <InputNumber min={1} max={DAYS.most} precision={0} />
        </Form.Item>
      </>
    ),
    give: async (body, key) => done(await call('POST /tokens', { body, key })),
    changes: [['tokens']],
  };
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {order.title}
      </Button>
      {open && <OrderDialog order={order} close={() => setOpen(false)} />}
    </>
  );
}

/** Only what the person may himself. */
function Scopes({
  value = [],
  onChange,
}: {
  value?: Permission[];
  onChange?: (to: Permission[]) => void;
}) {
  const { t } = useTranslation('tokens');
  const { data: session } = useSession();
  const word = useScopeWord();
  const all = session?.permissions ?? [];
  return (
    <>
      <Checkbox
        checked={value.length === all.length}
        indeterminate={value.length > 0 && value.length < all.length}
        onChange={({ target }) => onChange?.(target.checked ? [...all] : [])}
      >
        {t('issue.all')}
      </Checkbox>
      <Checkbox.Group
        className="scopes"
        value={value}
        options={all.map((scope) => ({ value: scope, label: word(scope) }))}
        onChange={(to) => onChange?.(to)}
      />
    </>
  );
}

/** The only time that the secret is seen: who closes this has kept it, or revokes the token. */
function Secret({ issued: { token }, close }: { issued: Issued; close: () => void }) {
  const { t } = useTranslation('tokens');
  useFocusBack();
  const [copy, setCopy] = useState<'copy' | 'copied' | 'byHand'>('copy');
  // A browser gives the clipboard to none but secure pages, and the reader may forbid it.
  const toClipboard = async () => navigator.clipboard.writeText(token);
  return (
    <Modal
      open
      title={t('secret.title')}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={<Button onClick={close}>{t('secret.kept')}</Button>}
    >
      <p>{t('secret.once')}</p>
      <Input readOnly aria-label={t('secret.token')} value={token} />
      <p>
        <Button
          onClick={() =>
            void toClipboard().then(
              () => setCopy('copied'),
              () => setCopy('byHand'),
            )
          }
        >
          {t(`secret.${copy}`)}
        </Button>
      </p>
      <p className="quiet">{t('secret.use')}</p>
    </Modal>
  );
}
