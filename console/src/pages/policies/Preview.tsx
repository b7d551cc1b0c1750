import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MessagePreview, Policy } from '../../../generated/api';
import { call } from '../../lib/api';
import { money } from '../../lib/format';
import { useUrlFilters } from '../../lib/url-filters';
import { Facts } from '../../ui/Facts';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useReading } from './reading';

const NAMES = ['customer', 'step', 'channel'] as const;
type Asked = { customer: string; step: string; channel: 'sms' | 'email' };

/** What a step's message would say to a real customer now. Sends nothing; the address keeps what was asked, so that it can be shown to others. */
export function Preview({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies');
  const [{ customer, step, channel }, change] = useUrlFilters(NAMES);
  const isWhole = customer !== undefined && step !== undefined;
  return (
    <section className="card" aria-labelledby="preview">
      <h2 id="preview">{t('preview.title')}</h2>
      <p className="quiet">{t('preview.hint')}</p>
      <Ask
        policy={policy}
        asked={{ customer, step, channel: channel === 'email' ? 'email' : 'sms' }}
        ask={change}
      />
      {isWhole && (
        <Message
          id={policy.id}
          asked={{ customer, step, channel: channel === 'email' ? 'email' : 'sms' }}
        />
      )}
    </section>
  );
}

function Ask({
  policy: { ladder },
  asked,
  ask,
}: Readonly<{
  policy: Policy;
  asked: { [K in keyof Asked]: Asked[K] | undefined };
  ask: (asked: Asked) => void;
}>) {
  const { t } = useTranslation('policies');
  const { stepName } = useReading();
  const steps = ladder
    .filter(({ levels }) => Object.values(levels).some((cell) => cell && cell.channels.length > 0))
    .map((row) => ({ value: row.key, label: stepName(row) }));
  const channels = (['sms', 'email'] as const).map((value) => ({
    value,
    label: t(`channel.${value}`),
  }));
  const required = [{ required: true, whitespace: true, message: t('common:required') }];
  return (
    <Form<Asked>
      layout="vertical"
      className="ask"
      initialValues={{ ...asked, step: asked.step ?? steps[0]?.value }}
      onFinish={ask}
      requiredMark={false}
    >
      <Form.Item name="customer" label={t('preview.customer')} rules={required}>
        <Input placeholder={t('preview.customerHint')} />
      </Form.Item>
      <Form.Item name="step" label={t('step.title')}>
        <Select options={steps} />
      </Form.Item>
      <Form.Item name="channel" label={t('preview.channel')}>
        <Select options={channels} />
      </Form.Item>
      <Button htmlType="submit">{t('preview.do')}</Button>
    </Form>
  );
}

function Message({ id, asked: { customer, step, channel } }: { id: string; asked: Asked }) {
  const { t } = useTranslation('policies');
  const { data, error, refetch } = useQuery({
    queryKey: ['policies', 'preview', id, customer, step, channel],
    queryFn: ({ signal }) =>
      call('GET /policies/{id}/preview', {
        params: { id },
        query: { customerNo: customer, stepKey: step, channel },
        signal,
      }),
  });
  if (error) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Loading height={200} />;
  const { subject, body, language } = data;
  return (
    <div className="message">
      <div role="region" aria-label={t('preview.text')} className="letter" lang={language}>
        {channel === 'email' && <p className="subject">{subject}</p>}
        <p>{body}</p>
      </div>
      <About message={data} />
    </div>
  );
}

function About({ message }: { message: MessagePreview }) {
  const { t } = useTranslation('policies');
  const { address, reachable, sms, owedFen, penaltyFen, templateVersion } = message;
  return (
    <Facts
      facts={[
        [t('preview.to'), address ?? t('preview.noAddress')],
        [t('preview.reachable'), t(reachable ? 'yes' : 'preview.unreachable')],
        [t('preview.sms'), sms && t('preview.parts', { units: sms.units, parts: sms.parts })],
        [t('preview.owed'), money(owedFen)],
        [t('preview.penalty'), money(penaltyFen)],
        [t('preview.template'), t('preview.version', { n: templateVersion })],
      ]}
    />
  );
}
