import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { useTranslation } from 'react-i18next';

export type Column<Row> = Readonly<{
  name: string;
  /** As CSS grid wants it: '120px', 'minmax(0, 1fr)'. */
  width: string;
  title: string;
  /** What stands in the head instead of the title. */
  head?: ReactNode;
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
  remember,
}: Readonly<{
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  more: (() => void) | null;
  busy: boolean;
  /** Under which name it is kept how far one had scrolled, for who comes back. */
  remember?: string;
}>) {
  const { t } = useTranslation();
  const [box, { top, height }] = useView(remember);
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
      onKeyDown={walk}
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
        {columns.map(({ name, title, head, number }) => (
          <span role="columnheader" key={name} className={number && 'number'}>
            {head ?? title}
          </span>
        ))}
      </div>
    </div>
  );
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
const REACHABLE = 'a[href]:not([tabindex="-1"]), button, input';

/** Up and down go to the same place in the row above or below; it is drawn already, because more is drawn than is seen. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key];
  const row = (event.target as HTMLElement).closest<HTMLElement>('[aria-rowindex]');
  if (step === undefined || row === null) return;
  const places = (of: Element) => [...of.querySelectorAll<HTMLElement>(REACHABLE)];
  const at = Number(row.ariaRowIndex) + step;
  const to = event.currentTarget.querySelector(`[aria-rowindex="${at}"]`);
  if (to === null) return;
  event.preventDefault();
  places(to)[places(row).indexOf(event.target as HTMLElement)]?.focus();
}

/** For as long as the page lives. */
const kept = new Map<string, number>();

/** How far the box is scrolled and how high it is. */
function useView(remember: string | undefined) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  useLayoutEffect(() => {
    if (box.current !== null) box.current.scrollTop = kept.get(remember ?? '') ?? 0;
  }, [remember]);
  useEffect(() => {
    const { current } = box;
    if (current === null) return undefined;
    const look = () => {
      if (remember !== undefined) kept.set(remember, current.scrollTop);
      setView({ top: current.scrollTop, height: current.clientHeight });
    };
    const watch = new ResizeObserver(look);
    watch.observe(current);
    current.addEventListener('scroll', look, { passive: true });
    return () => {
      watch.disconnect();
      current.removeEventListener('scroll', look);
    };
  }, [remember]);
  return [box, view] as const;
}
