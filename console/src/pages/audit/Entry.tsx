import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AuditEntry } from '../../../generated/api';
import { moment } from '../../lib/format';
import { Facts } from '../../ui/Facts';
import { useFocusBack } from '../../ui/use-focus-back';
import { useKind } from './kinds';

/** All that is on record about one order. */
export function Entry({ entry, close }: { entry: AuditEntry; close: () => void }) {
  const { t, i18n } = useTranslation('audit');
  useFocusBack();
  const kindOf = useKind();
  const { customerNo, station, actor, reason, door, refusedBecause, at, recordedAt } = entry;
  return (
    <Drawer
      title={kindOf(entry.kind)}
      open
      onClose={close}
      closable={{ 'aria-label': t('close') }}
      size="min(560px, 100vw)"
    >
      <Facts
        facts={[
          [t('result'), refusedBecause === null ? t('done') : t('refused')],
          [t('because'), refusedBecause],
          [t('actor'), actor],
          [t('reason'), reason],
          [
            t('customerNo'),
            customerNo === null ? null : (
              <Link to={`/customers/${encodeURIComponent(customerNo)}`}>{customerNo}</Link>
            ),
          ],
          [t('station'), station],
          [t('door'), t(`doorOf.${door}`)],
          [t('at'), moment(at, i18n.language)],
          [t('recordedAt'), moment(recordedAt, i18n.language)],
          [t('code'), entry.kind],
          [t('id'), entry.id],
          [t('requestId'), entry.requestId],
        ]}
      />
      <h2 className="body-title">{t('body')}</h2>
      <pre className="order-body" tabIndex={0} aria-label={t('body')} role="region">
        {JSON.stringify(entry.body, null, 2)}
      </pre>
    </Drawer>
  );
}
