import { DownOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageText as Message } from '../../../generated/api';
import { moment } from '../../lib/format';
import { useWords } from '../../lib/words';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useMessage } from './reads';

/** What the message said and what became of it, when somebody asks. */
export function MessageText({ customerNo, id }: { customerNo: string; id: string }) {
  const { t } = useTranslation('customer');
  const [open, setOpen] = useState(false);
  const place = useId();
  return (
    <>
      <Button
        type="link"
        size="small"
        aria-expanded={open}
        aria-controls={place}
        icon={open ? <DownOutlined /> : <RightOutlined />}
        onClick={() => setOpen(!open)}
      >
        {t('message.text')}
      </Button>
      <div id={place}>{open && <Told customerNo={customerNo} id={id} />}</div>
    </>
  );
}

function Told({ customerNo, id }: { customerNo: string; id: string }) {
  const { data, error, refetch } = useMessage(customerNo, id);
  if (error) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Loading height={160} />;
  return (
    <div className="letter">
      {data.subject !== '' && <p className="subject">{data.subject}</p>}
      <p className="body" lang={data.language}>
        {data.body}
      </p>
      <Proof message={data} />
    </div>
  );
}

/** To whom, by whom, with which receipt, and what shows that the text is the one that was sent. */
function Proof({ message }: { message: Message }) {
  const { t, i18n } = useTranslation('customer');
  const { word } = useWords();
  const { address, receipt, receiptAt, provider, providerId, detail } = message;
  const received = receiptAt === null ? t('message.noReceipt') : moment(receiptAt, i18n.language);
  const rows: readonly (readonly [string, string])[] = [
    [t('message.to'), address],
    [t('message.status'), word('messageStatus', message.status)],
    [
      t('message.receipt'),
      receipt === null ? received : `${word('receipt', receipt)} · ${received}`,
    ],
    [t('message.provider'), [provider, providerId].filter((one) => one !== null).join(' · ')],
    [t('message.bills'), message.billNos.join(t('and'))],
    [t('message.template'), String(message.templateVersion)],
    [t('message.hash'), message.bodySha256],
    ...(detail === '' ? [] : [[t('message.detail'), detail] as const]),
  ];
  return (
    <dl className="pairs">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
