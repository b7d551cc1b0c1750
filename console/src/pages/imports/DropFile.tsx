import { Button, Checkbox, Progress, Select } from 'antd';
import { useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useOrder } from '../../lib/order';
import { Failure } from '../../ui/Failure';
import { kindOf, upload, type Kind } from './upload';

const KINDS = ['customers', 'bills', 'payments'] as const;

/** Takes a file, dropped or chosen, asks what it holds, and sends it; then its import tells how far it is. */
export function DropFile() {
  const { t } = useTranslation('imports');
  const [file, setFile] = useState<File | null>(null);
  const [kind, setKind] = useState<Kind | undefined>();
  const [dryRun, setDryRun] = useState(false);
  const { sending, sent, send, error } = useSending();
  const take = (chosen: File | undefined) => {
    if (chosen === undefined) return;
    setFile(chosen);
    setKind((known) => kindOf(chosen.name) ?? known);
  };
  const ready = file !== null && kind !== undefined;
  return (
    <section className="card" aria-labelledby="drop">
      <h2 id="drop">{t('drop.title')}</h2>
      <Zone file={file} take={take} />
      <div className="filters send">
        <label>
          {t('drop.holds')}
          <Select
            aria-label={t('drop.holds')}
            placeholder={t('drop.choose')}
            options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
            {...(kind === undefined ? {} : { value: kind })}
            onChange={setKind}
          />
        </label>
        <Checkbox checked={dryRun} onChange={({ target }) => setDryRun(target.checked)}>
          {t('drop.dryRun')}
        </Checkbox>
        <Button
          type="primary"
          disabled={!ready}
          loading={sending}
          onClick={() => ready && send({ file, kind, dryRun })}
        >
          {t(dryRun ? 'drop.check' : 'drop.do')}
        </Button>
      </div>
      <p className="quiet">{t(ready ? 'drop.does' : 'drop.needs')}</p>
      {sending && <Progress aria-label={t('drop.sending')} percent={Math.round(sent * 100)} />}
      {error && <Failure error={error} />}
    </section>
  );
}

/** By the mouse, or by the keyboard: the field for the file lies over the whole place. */
function Zone({ file, take }: { file: File | null; take: (file: File | undefined) => void }) {
  const { t } = useTranslation('imports');
  const [over, setOver] = useState(false);
  const dropped = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <label
      className={over ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
    >
      <input
        type="file"
        accept=".csv,.gz,text/csv,application/gzip"
        aria-label={t('drop.file')}
        onChange={({ target }) => take(target.files?.[0])}
      />
      <strong>{file === null ? t('drop.here') : file.name}</strong>
      <span className="quiet">
        {file === null ? t('drop.formats') : t('drop.size', { kib: Math.ceil(file.size / 1024) })}
      </span>
    </label>
  );
}

function useSending() {
  const { t } = useTranslation('imports');
  const navigate = useNavigate();
  const [sent, setSent] = useState(0);
  const { mutate, isPending, error } = useOrder(
    async (given: { file: File; kind: Kind; dryRun: boolean }, key) => {
      setSent(0);
      const { id } = await upload({ ...given, key, onSent: setSent });
      await navigate(`/imports/${id}`);
    },
    { said: t('drop.sentWhole'), changes: [['imports']] },
  );
  return { sending: isPending, sent, send: mutate, error };
}
