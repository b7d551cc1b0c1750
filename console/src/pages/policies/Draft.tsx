import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import type { Api, LadderPolicy, Policy } from '../../../generated/api';
import { call } from '../../lib/api';
import { useOrder } from '../../lib/order';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageHead } from '../../ui/PageHead';
import { DraftDays } from './DraftDays';
import { DraftDocument } from './DraftDocument';
import { usePolicy } from './reads';
import './policies.css';

/** A draft: the next version made from another, or one that is a draft already, changed. */
export default function Draft() {
  const { t } = useTranslation('policies');
  const { id = '' } = useParams();
  const { data, error, refetch } = usePolicy(id);
  const isDraft = data?.state === 'draft';
  return (
    <>
      <PageHead title={t(isDraft ? 'edit.changeOf' : 'edit.fromOf', { id })}>
        <Link to={`/policies/${encodeURIComponent(id)}`}>{t('edit.back')}</Link>
      </PageHead>
      {error && <Failure error={error} again={() => void refetch()} />}
      {data === undefined && !error && <Loading height={600} />}
      {data && <Editor key={data.id} policy={data} isDraft={isDraft} />}
    </>
  );
}

type Given = { id: string; effectiveFrom: string; reason: string };

function Editor({ policy, isDraft }: { policy: Policy; isDraft: boolean }) {
  const { t } = useTranslation('policies');
  const [body, setBody] = useState<object>(policy.body);
  const [isBroken, setBroken] = useState(false);
  const { mutate, error, isPending } = useKeeping(policy, { isDraft, body });
  const required = [{ required: true, whitespace: true, message: t('common:required') }];
  return (
    <Form<Given>
      layout="vertical"
      requiredMark={false}
      onFinish={mutate}
      initialValues={isDraft ? { id: policy.id, effectiveFrom: policy.effectiveFrom } : {}}
    >
      <div className="columns">
        <div>
          {policy.kind === 'ladder' && <DraftDays body={body as LadderPolicy} change={setBody} />}
          <DraftDocument body={body} change={setBody} broken={setBroken} />
        </div>
        <section className="card" aria-label={t('edit.keep')}>
          <h2>{t('edit.keep')}</h2>
          <p className="quiet">{t('edit.keepHint')}</p>
          {error && <Failure error={error} />}
          <Form.Item name="id" label={t('edit.id')} extra={t('edit.idHint')} rules={required}>
            <Input disabled={isDraft} maxLength={64} />
          </Form.Item>
          <Form.Item name="effectiveFrom" label={t('effectiveFrom')} rules={required}>
            <Input type="date" />
          </Form.Item>
          <Form.Item
            name="reason"
            label={t('common:order.reason')}
            rules={[{ required: true, whitespace: true, message: t('common:order.reasonNeeded') }]}
          >
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={isPending} disabled={isBroken}>
            {t('edit.keep')}
          </Button>
          {isBroken && <p>{t('edit.broken')}</p>}
        </section>
      </div>
    </Form>
  );
}

function useKeeping(
  { kind, id: from }: Policy,
  { isDraft, body }: { isDraft: boolean; body: object },
) {
  const { t } = useTranslation('policies');
  const navigate = useNavigate();
  return useOrder(
    async ({ id, effectiveFrom, reason }: Given, key) => {
      // What somebody wrote by hand is checked by the API, which names every place.
      const draft = { kind, effectiveFrom, body } as Api['POST /policies']['body']['draft'];
      if (isDraft)
        await call('PUT /policies/{id}', { params: { id: from }, body: { draft, reason }, key });
      else await call('POST /policies', { body: { id, draft, reason }, key });
      await navigate(`/policies/${encodeURIComponent(isDraft ? from : id)}`);
    },
    { said: t('edit.keep'), changes: [['policies']] },
  );
}
