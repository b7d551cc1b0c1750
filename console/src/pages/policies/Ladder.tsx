import { useTranslation } from 'react-i18next';
import type { Policy } from '../../../generated/api';
import { levelLabel } from '../../lib/format';
import { useReading } from './reading';

type Row = Policy['ladder'][number];

/** The ladders of the three levels side by side, in the order in which the steps come. */
export function Ladder({ policy: { ladder, columns } }: { policy: Policy }) {
  const { t } = useTranslation('policies');
  const { stepName } = useReading();
  return (
    <section className="card" aria-labelledby="ladder">
      <h2 id="ladder">{t('ladder')}</h2>
      <p className="quiet">{t('ladderHint')}</p>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={t('ladder')}>
        <table className="grid ladder" aria-label={t('ladder')}>
          <thead>
            <tr>
              <th scope="col">{t('step.title')}</th>
              {columns.map(({ level }) => (
                <th scope="col" key={level}>
                  {t('levelOf', { level: levelLabel(level) })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ladder.map((row) => (
              <tr key={row.key}>
                <th scope="row">
                  {stepName(row)}
                  {row.mandatory && <span className="mark">{t('mandatory')}</span>}
                </th>
                {columns.map(({ level }) => (
                  <td key={level}>
                    <Cell cell={row.levels[level]} kind={row.kind} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Cell({ cell, kind }: { cell: Row['levels'][1]; kind: Row['kind'] }) {
  const { t } = useTranslation('policies');
  const { when, names } = useReading();
  if (cell === null) return <span className="quiet">–</span>;
  const { on, channels, tasks, statutory } = cell;
  return (
    <>
      <b className="on">{when(on)}</b>
      {channels.length > 0 && <span>{names(channels)}</span>}
      {tasks.length > 0 && <span className="task">{names(tasks)}</span>}
      {kind === 'levelRise' && <span>{t('oneUp')}</span>}
      {statutory && <span className="mark">{t('statutory')}</span>}
    </>
  );
}
