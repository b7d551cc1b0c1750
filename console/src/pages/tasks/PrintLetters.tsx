import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ListedTask } from '../../../generated/api';
import { useMay } from '../../lib/session';
import { Failure } from '../../ui/Failure';
import { usePrinting, type Printed } from './printing';
import { useAssignees, type Filters } from './reads';

/** So many at once are written, and so many numbers of tasks fit into an address. */
const AT_ONCE = 100;

type Given = Readonly<{
  filters: Filters;
  whose: 'mine' | 'all';
  rows: readonly ListedTask[] | undefined;
}>;

/** Demand letters as one PDF: those of the list when they are few or one's own, else a station's, batch by batch. */
export function PrintLetters({ filters, whose, rows }: Given) {
  const { t } = useTranslation('tasks');
  const may = useMay();
  const printing = usePrinting();
  const open = (rows ?? []).filter(({ outcome }) => outcome === null);
  const address = useAddress({ filters, whose, open });
  const mayNot = t('common:order.mayNot', { permission: t('common:permission.letter.print') });
  const why = may('letter.print') ? (open.length === 0 ? t('print.nothing') : null) : mayNot;
  return (
    <section className="card print" aria-label={t('print.title')}>
      <Button
        type="primary"
        disabled={why !== null}
        loading={printing.isPending}
        onClick={() => printing.mutate(address)}
      >
        {t('print.title')}
      </Button>
      <p className="quiet">{why ?? t('print.explained')}</p>
      {printing.error && <Failure error={printing.error} />}
      {printing.data && (
        <Result printed={printing.data}>
          {printing.data.next !== null && (
            <Button
              onClick={() =>
                printing.mutate(`${address}&cursor=${encodeURIComponent(printing.data.next ?? '')}`)
              }
            >
              {t('print.next')}
            </Button>
          )}
        </Result>
      )}
    </section>
  );
}

type Wanted = Pick<Given, 'filters' | 'whose'> & Readonly<{ open: readonly ListedTask[] }>;

/** A whole station's when the list is just that, so that more than are listed can follow; else those that are listed. */
function useAddress({ filters, whose, open }: Wanted): string {
  const station = useOnlyStation(filters);
  const whole = whose === 'all' && filters.assignee === undefined && filters.due === undefined;
  if (whole && station !== undefined) return `/letters?station=${encodeURIComponent(station)}`;
  const ids = open.slice(0, AT_ONCE).map(({ id }) => id);
  return `/letters?ids=${ids.join(',')}`;
}

/** The one that is filtered by, or the only one that there is. */
function useOnlyStation({ station }: Filters): string | undefined {
  const { data } = useAssignees(undefined);
  if (station !== undefined) return station;
  const stations = [...new Set((data?.items ?? []).map((one) => one.station))];
  return stations.length === 1 ? stations[0] : undefined;
}

function Result({ printed, children }: { printed: Printed; children: ReactNode }) {
  const { t } = useTranslation('tasks');
  return (
    <div role="status">
      <p>{t('print.done', { n: printed.printed })}</p>
      {printed.leftOut.length > 0 && (
        <p>
          {t('print.leftOut', { n: printed.leftOut.length })}{' '}
          {printed.leftOut.map((id, at) => (
            <Link key={id} to={`/tasks/${id}`}>
              {t('print.which', { n: at + 1 })}{' '}
            </Link>
          ))}
        </p>
      )}
      {children}
    </div>
  );
}
