import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { MonthPage } from '../../../generated/api';
import { count, levelLabel, money, shortMoney } from '../../lib/format';
import { useWords } from '../../lib/words';
import { addressOf } from './links';
import type { Station } from './reads';

type Cell = MonthPage['matrix'][number];
type Level = Cell['level'];

const STAGES = [
  'opened',
  'billNotice',
  'preDueReminder',
  'overdueReminder',
  'callTask',
  'demand',
  'levelRise',
  'review',
] as const satisfies readonly Cell['stage'][];
const LEVELS = [1, 2, 3] as const satisfies readonly Level[];

/** Customers with an open month by how grave and how far; each cell leads to who they are. */
export function RiskMatrix({ page, station }: Readonly<{ page: MonthPage; station: Station }>) {
  const { t } = useTranslation('month');
  const { matrix } = page;
  const ungraded = matrix.some(({ level }) => level === null);
  const levels: readonly Level[] = ungraded ? [...LEVELS, null] : LEVELS;
  const most = Math.max(1, ...matrix.map(({ customers }) => customers));
  return (
    <section className="card" aria-label={t('matrix.title')}>
      <h2>{t('matrix.title')}</h2>
      <p className="quiet">{matrix.length === 0 ? t('matrix.none') : t('matrix.hint')}</p>
      <table className="matrix">
        <thead>
          <tr>
            <th scope="col">{t('matrix.stage')}</th>
            {levels.map((level) => (
              <th scope="col" key={level} className="number">
                {level === null
                  ? t('matrix.ungraded')
                  : t('matrix.level', { level: levelLabel(level) })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {STAGES.map((stage) => (
            <Stage key={stage} {...{ stage, levels, matrix, most, station }} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

type Given = Readonly<{
  stage: Cell['stage'];
  levels: readonly Level[];
  matrix: readonly Cell[];
  most: number;
  station: Station;
}>;

function Stage({ stage, levels, matrix, most, station }: Given) {
  const { word } = useWords();
  return (
    <tr>
      <th scope="row">{word('stage', stage)}</th>
      {levels.map((level) => {
        const cell = matrix.find((one) => one.stage === stage && one.level === level);
        return (
          <td key={level} className={`number share-${shareOf(cell?.customers ?? 0, most)}`}>
            {cell === undefined ? (
              <span className="quiet">–</span>
            ) : (
              <Who cell={cell} station={station} />
            )}
          </td>
        );
      })}
    </tr>
  );
}

const SHADES = 4;
/** From 0, nobody, to 4, as many as nowhere else. */
const shareOf = (n: number, most: number): number => (n === 0 ? 0 : Math.ceil((n / most) * SHADES));

/** The list of customers cannot be asked for those without a level: these are counted only. */
function Who({ cell, station }: Readonly<{ cell: Cell; station: Station }>) {
  const { t, i18n } = useTranslation('month');
  const { word } = useWords();
  const { level, stage, customers, owedFen } = cell;
  const n = count(customers, i18n.language);
  const owed = (
    <>
      <small aria-hidden>{shortMoney(owedFen, i18n.language)}</small>
      <span className="unseen">{money(owedFen)}</span>
    </>
  );
  if (level === null)
    return (
      <>
        {n}
        {owed}
      </>
    );
  const where = { level: levelLabel(level), stage: word('stage', stage) };
  return (
    <Link to={addressOf('/customers', { level: String(level), stage, station })}>
      <span className="unseen">{t('matrix.where', where)}</span>
      {n}
      <span className="unseen">{t('matrix.owing')}</span>
      {owed}
    </Link>
  );
}
