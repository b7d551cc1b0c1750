import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ImportedFile } from '../../../generated/api';
import { call } from '../../lib/api';
import { count, moment, money } from '../../lib/format';
import { AGAIN_MS, useList } from '../../lib/list';
import { useEverywhere, useMay } from '../../lib/session';
import { cellsOf } from '../../ui/columns';
import { DataTable, ListTable, type Cells } from '../../ui/DataTable';
import { PageHead } from '../../ui/PageHead';
import { DropFile } from './DropFile';
import { RunState } from './RunState';
import './imports.css';

/** The files that brought the book: drop the next one, and see what became of the others. */
export default function Imports() {
  const { t } = useTranslation('imports');
  const may = useMay();
  const columns = useColumns();
  const everywhere = useEverywhere();
  return (
    <>
      <PageHead title={t('title')} />
      {!everywhere && <Alert type="info" showIcon title={t('notEverywhere')} />}
      {everywhere && may('import.write') && <DropFile />}
      {everywhere && !may('import.write') && (
        <p className="card quiet">
          {t('common:order.mayNot', { permission: t('common:permission.import.write') })}
        </p>
      )}
      {everywhere && <Files columns={columns} />}
      {everywhere && <Unmatched />}
    </>
  );
}

function Files({ columns }: { columns: Cells<ImportedFile>[] }) {
  const { t } = useTranslation('imports');
  const list = useList(['imports', 'list'], ({ cursor, signal }) =>
    call('GET /imports', { query: { cursor }, signal }),
  );
  return (
    <section aria-labelledby="files">
      <h2 id="files">{t('files')}</h2>
      <ListTable
        label={t('files')}
        list={list}
        columns={columns}
        keyOf={({ id }) => id}
        empty={t('empty')}
      />
    </section>
  );
}

function useColumns(): Cells<ImportedFile>[] {
  const { t, i18n } = useTranslation('imports');
  const column = cellsOf<ImportedFile>(t);
  const rows = (name: 'rowsRead' | 'rowsTaken' | 'rowsUnchanged' | 'rowsRejected') =>
    ({ ...column(name, (file) => count(file[name], i18n.language)), number: true }) as const;
  return [
    column('file', ({ id, name }) => <Link to={`/imports/${id}`}>{name}</Link>),
    { ...column('kindIs', ({ kind }) => t(`kind.${kind}`)), wide: true },
    column('stateIs', ({ state }) => <RunState state={state} />),
    { ...rows('rowsRead'), wide: true },
    rows('rowsTaken'),
    { ...rows('rowsUnchanged'), wide: true },
    rows('rowsRejected'),
    { ...column('importedAt', ({ importedAt }) => moment(importedAt, i18n.language)), wide: true },
  ];
}

/** Money that came for nobody whom we know: it helps nobody until the customers' file brings him. */
function Unmatched() {
  const { t, i18n } = useTranslation('imports');
  const { data } = useQuery({
    queryKey: ['imports', 'unmatched'],
    queryFn: ({ signal }) => call('GET /unmatched-payments', { signal }),
    refetchInterval: AGAIN_MS,
  });
  if (data === undefined || data.count === 0) return null;
  const sum = { n: count(data.count, i18n.language), amount: money(data.amountFen) };
  return (
    <section className="card" aria-labelledby="unmatched">
      <h2 id="unmatched">{t('unmatched.title')}</h2>
      <p>{t('unmatched.sum', sum)}</p>
      <DataTable
        label={t('unmatched.title')}
        rows={data.first}
        keyOf={({ paymentRef }) => paymentRef}
        columns={[
          { name: 'ref', title: t('unmatched.ref'), show: ({ paymentRef }) => paymentRef },
          { name: 'no', title: t('unmatched.customerNo'), show: ({ customerNo }) => customerNo },
          {
            name: 'at',
            title: t('unmatched.receivedAt'),
            show: ({ receivedAt }) => moment(receivedAt, i18n.language),
            wide: true,
          },
          {
            name: 'amount',
            title: t('unmatched.amount'),
            show: ({ amountFen }) => money(amountFen),
            number: true,
          },
        ]}
      />
    </section>
  );
}
