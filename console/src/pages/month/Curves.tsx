import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { dayOf, month, rate } from '../../lib/format';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { compare, linesOf, type Line } from './curves';
import { useCurves, type Station } from './reads';

const CurveChart = lazy(() => import('./CurveChart'));
const HEIGHT = 340;

/** What came in of the month's bills, day by day, against the months before; as a drawing and as a table. */
export function Curves({ station }: { station: Station }) {
  const { t } = useTranslation('month');
  const { data, error, refetch } = useCurves(station);
  const lines = useMemo(() => (data ? linesOf(data.curves, dayOf(data.asOf)) : []), [data]);
  if (error) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Loading height={HEIGHT + 96} />;
  const told = compare(data.curves, dayOf(data.asOf));
  const says =
    told === null ? t('curves.none') : t('curves.says', { ...told, now: rate(told.now) });
  return (
    <section className="card curves" aria-label={t('curves.title')}>
      <h2>{t('curves.title')}</h2>
      {lines.length === 0 ? (
        <p className="quiet">{t('curves.none')}</p>
      ) : (
        <>
          <Suspense fallback={<Loading height={HEIGHT} />}>
            <CurveChart lines={lines} says={says} />
          </Suspense>
          <details>
            <summary>{t('curves.table')}</summary>
            <CurveTable lines={lines} />
          </details>
        </>
      )}
    </section>
  );
}

function CurveTable({ lines }: { lines: Line[] }) {
  const { t, i18n } = useTranslation('month');
  const days = Math.max(...lines.map(({ rates }) => rates.length));
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t('curves.table')}>
      <table className="grid">
        <thead>
          <tr>
            <th scope="col">{t('curves.day')}</th>
            {lines.map(({ period }) => (
              <th scope="col" key={period} className="number">
                {month(period, i18n.language)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: days }, (_, day) => (
            <tr key={day}>
              <th scope="row">{day}</th>
              {lines.map(({ period, rates }) => (
                <td key={period} className="number">
                  {rate(rates[day] ?? null)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
