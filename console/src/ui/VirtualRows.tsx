import { useEffect, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export type Column<Row> = Readonly<{
  name: string;
  /** As CSS grid wants it: '120px', 'minmax(0, 1fr)'. */
  width: string;
  title: string;
  show: (row: Row) => ReactNode;
  number?: true;
}>;

const ROW = 44;
/** Drawn beyond what is seen, so that a quick hand finds no gap. */
const BEYOND = 12;

/**
 * A table of any length: only the rows that are seen are drawn, and `more` is asked for when the end comes near. Elements have a table's
 * roles, so that a screen reader and a test find rows and cells.
 */
export function VirtualRows<Row>({
  label,
  columns,
  rows,
  keyOf,
  more,
  busy,
}: Readonly<{
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  more: (() => void) | null;
  busy: boolean;
}>) {
  const { t } = useTranslation();
  const [box, { top, height }] = useView();
  const from = Math.max(0, Math.floor(top / ROW) - BEYOND);
  const to = Math.min(rows.length, Math.ceil((top + height) / ROW) + BEYOND);
  const nearEnd = to >= rows.length && rows.length > 0;
  useEffect(() => {
    if (nearEnd && !busy) more?.();
  }, [nearEnd, busy, more]);
  const template = { gridTemplateColumns: columns.map(({ width }) => width).join(' ') };
  return (
    <div
      className="rows"
      ref={box}
      role="table"
      aria-label={label}
      aria-rowcount={more === null ? rows.length + 1 : -1}
      aria-busy={busy}
      tabIndex={0}
    >
      <Head columns={columns} template={template} />
      <div role="rowgroup" className="body" style={{ height: rows.length * ROW }}>
        {rows.slice(from, to).map((row, at) => (
          <div
            role="row"
            aria-rowindex={from + at + 2}
            key={keyOf(row)}
            className="row"
            style={{ ...template, height: ROW, top: (from + at) * ROW }}
          >
            {columns.map(({ name, show, number }) => (
              <span role="cell" key={name} className={number && 'number'}>
                {show(row)}
              </span>
            ))}
          </div>
        ))}
      </div>
      {busy && rows.length === 0 && <p className="center quiet">{t('loading')}</p>}
    </div>
  );
}

function Head<Row>({
  columns,
  template,
}: {
  columns: readonly Column<Row>[];
  template: CSSProperties;
}) {
  return (
    <div role="rowgroup">
      <div role="row" className="head" style={template}>
        {columns.map(({ name, title, number }) => (
          <span role="columnheader" key={name} className={number && 'number'}>
            {title}
          </span>
        ))}
      </div>
    </div>
  );
}

/** How far the box is scrolled and how high it is. */
function useView() {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  useEffect(() => {
    const { current } = box;
    if (current === null) return undefined;
    const look = () => setView({ top: current.scrollTop, height: current.clientHeight });
    const watch = new ResizeObserver(look);
    watch.observe(current);
    current.addEventListener('scroll', look, { passive: true });
    return () => {
      watch.disconnect();
      current.removeEventListener('scroll', look);
    };
  }, []);
  return [box, view] as const;
}
