import { useTranslation } from 'react-i18next';
import type { Workload as Answer } from '../../../generated/api';
import { count, day, moment } from '../../lib/format';
import { useWords } from '../../lib/words';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useWorkload, type Station } from './reads';

type Row = Answer['rows'][number];
const CHANNELS = ['sms', 'email'];

/** What the next day brings to each collector: work that exists and work that the ladder will give out. */
export function Workload({ station }: { station: Station }) {
  const { t, i18n } = useTranslation('month');
  const { data, error, refetch } = useWorkload(station);
  if (error) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Loading height={200} />;
  const { rows, date, plannedAsOf } = data;
  const as = plannedAsOf === null ? null : moment(plannedAsOf, i18n.language);
  return (
    <section className="card" aria-label={t('workload.title')}>
      <h2>
        {t('workload.title')} <span className="quiet">{day(date, i18n.language)}</span>
      </h2>
      {rows.length === 0 ? (
        <p className="quiet">{t('workload.none')}</p>
      ) : (
        <>
          <p className="quiet">{t('workload.hint')}</p>
          <Table rows={rows} />
        </>
      )}
      {as !== null && <p className="quiet after">{t('workload.asOf', { at: as })}</p>}
    </section>
  );
}

/** Tasks before messages, each kind a column. */
const kindsOf = (rows: readonly Row[]): string[] => {
  const kinds = [...new Set(rows.map(({ kind }) => kind))];
  return [
    ...kinds.filter((kind) => !CHANNELS.includes(kind)),
    ...CHANNELS.filter((channel) => kinds.includes(channel)),
  ];
};

function Table({ rows }: { rows: readonly Row[] }) {
  const { t } = useTranslation('month');
  const { word } = useWords();
  const kinds = kindsOf(rows);
  const people = [
    ...new Set(rows.map(({ station, collector }) => `${station}\n${collector ?? ''}`)),
  ];
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t('workload.title')}>
      <table className="grid">
        <thead>
          <tr>
            <th scope="col">{t('station')}</th>
            <th scope="col">{t('workload.collector')}</th>
            {kinds.map((kind) => (
              <th scope="col" key={kind} className="number">
                {word('task', kind)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((who) => {
            const [station = '', collector = ''] = who.split('\n');
            return (
              <tr key={who}>
                <th scope="row">{station}</th>
                <td>{collector === '' ? t('workload.nobody') : collector}</td>
                {kinds.map((kind) => (
                  <Work
                    key={kind}
                    row={rows.find((row) => isOf(row, { station, collector, kind }))}
                  />
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const isOf = (row: Row, cell: { station: string; collector: string; kind: string }): boolean =>
  row.station === cell.station &&
  (row.collector ?? '') === cell.collector &&
  row.kind === cell.kind;

function Work({ row }: { row: Row | undefined }) {
  const { t, i18n } = useTranslation('month');
  if (row === undefined) return <td className="number quiet">–</td>;
  const number = (n: number) => count(n, i18n.language);
  return (
    <td className="number">
      {number(row.due + row.toCome)}
      {row.toCome > 0 && row.due > 0 && (
        <small className="quiet"> {t('workload.coming', { n: number(row.toCome) })}</small>
      )}
    </td>
  );
}
