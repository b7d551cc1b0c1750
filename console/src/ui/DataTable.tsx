import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { List } from '../lib/list';
import { useNarrow } from '../lib/use-width';
import { Failure } from './Failure';
import { Loading } from './Loading';

export type Cells<Row> = Readonly<{
  name: string;
  title: string;
  show: (row: Row) => ReactNode;
  number?: true;
  /** Left out on a telephone. */
  wide?: true;
}>;

type Given<Row> = Readonly<{
  label: string;
  columns: readonly Cells<Row>[];
  keyOf: (row: Row) => string;
}>;

/** A short table; what does not fit can be scrolled, by keyboard too. */
export function DataTable<Row>({
  label,
  columns,
  rows,
  keyOf,
}: Given<Row> & { rows: readonly Row[] }) {
  const narrow = useNarrow();
  const shown = columns.filter(({ wide }) => !(narrow && wide));
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={label}>
      <table className="grid" aria-label={label}>
        <thead>
          <tr>
            {shown.map(({ name, title, number }) => (
              <th scope="col" key={name} className={number && 'number'}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {shown.map(({ name, show, number }) => (
                <td key={name} className={number && 'number'}>
                  {show(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A list as a table: while it is read, when it failed, when there is nothing (`empty` says what to do), and its next page. */
export function ListTable<Row>({
  list: { rows, error, again, more, turning },
  empty,
  ...table
}: Given<Row> & { list: List<Row>; empty: ReactNode }) {
  const { t } = useTranslation();
  if (error) return <Failure error={error} again={again} />;
  if (rows === undefined) return <Loading />;
  if (rows.length === 0) return <div className="card quiet">{empty}</div>;
  return (
    <div className="card">
      <DataTable rows={rows} {...table} />
      {more && (
        <p className="more">
          <Button loading={turning} onClick={more}>
            {t('more')}
          </Button>
        </p>
      )}
    </div>
  );
}
