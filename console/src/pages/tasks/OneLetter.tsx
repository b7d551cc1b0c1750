import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../lib/session';
import { Failure } from '../../ui/Failure';
import { usePrinting } from './printing';

/** The demand letter of one task. */
export function OneLetter({ id }: { id: string }) {
  const { t } = useTranslation('tasks');
  const may = useMay();
  const printing = usePrinting();
  if (!may('letter.print')) return null;
  return (
    <div className="after">
      <Button
        size="large"
        loading={printing.isPending}
        onClick={() => printing.mutate(`/tasks/${id}/letter`)}
      >
        {t('print.one')}
      </Button>
      <p className="quiet">{t('print.explained')}</p>
      {printing.error && <Failure error={printing.error} />}
      {printing.isSuccess && <p role="status">{t('print.oneDone')}</p>}
    </div>
  );
}
