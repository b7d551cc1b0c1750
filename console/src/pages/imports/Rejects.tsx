import { useTranslation } from 'react-i18next';
import type { ImportRun } from '../../../generated/api';
import { call } from '../../lib/api';
import { count } from '../../lib/format';
import { useList } from '../../lib/list';
import { DataTable, ListTable } from '../../ui/DataTable';

/** The rows that were not taken: by reason, one by one, and as a file to be mended and sent again. */
export function Rejects({ run }: { run: ImportRun }) {
  const { t, i18n } = useTranslation('imports');
  const { id, rejectedBecause } = run;
  const list = useList(
    ['imports', 'rejects', id],
    ({ cursor, signal }) =>
      call('GET /imports/{id}/rejects', { params: { id }, query: { cursor }, signal }),
    { again: false },
  );
  return (
    <section aria-labelledby="rejects">
      <div className="page-head">
        <h2 id="rejects">{t('rejects.title')}</h2>
        <a href={`/api/v1/imports/${id}/rejects.csv`} download={`rejects-${id}.csv`}>
          {t('rejects.download')}
        </a>
      </div>
      <p className="quiet">{t('rejects.hint')}</p>
      <div className="card">
        <h3>{t('rejects.byReason')}</h3>
        <DataTable
          label={t('rejects.byReason')}
          rows={rejectedBecause}
          keyOf={({ column, reason }) => `${column ?? ''} ${reason}`}
          columns={[
            { name: 'column', title: t('rejects.column'), show: ({ column }) => column ?? '–' },
            { name: 'reason', title: t('rejects.reason'), show: ({ reason }) => reason },
            {
              name: 'rows',
              title: t('rejects.rows'),
              show: ({ rows }) => count(rows, i18n.language),
              number: true,
            },
          ]}
        />
      </div>
      <ListTable
        label={t('rejects.each')}
        list={list}
        keyOf={({ line }) => String(line)}
        empty={t('rejects.none')}
        columns={[
          { name: 'line', title: t('rejects.line'), show: ({ line }) => line, number: true },
          { name: 'column', title: t('rejects.column'), show: ({ column }) => column ?? '–' },
          { name: 'reason', title: t('rejects.reason'), show: ({ reason }) => reason },
          {
            name: 'raw',
            title: t('rejects.raw'),
            show: ({ raw }) => <code>{raw}</code>,
            wide: true,
          },
        ]}
      />
    </section>
  );
}
