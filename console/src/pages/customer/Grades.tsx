import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Grade } from '../../../generated/api';
import { levelLabel, moment } from '../../lib/format';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useGrades } from './reads';

/** Why the customer has the level: each point with its reason, now and before. */
export function Grades({ customerNo }: { customerNo: string }) {
  const { t } = useTranslation('customer');
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useGrades(customerNo);
  if (error) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Loading height={300} />;
  const [now, ...before] = data.pages.flatMap(({ items }) => items);
  if (now === undefined) return <p className="quiet">{t('grades.none')}</p>;
  return (
    <>
      <h2>{t('grades.now')}</h2>
      <Head grade={now} />
      <Points grade={now} />
      <h2>{t('grades.before')}</h2>
      {before.length === 0 && <p className="quiet">{t('grades.first')}</p>}
      {before.map((grade) => (
        <details key={grade.id} className="grade">
          <summary>
            <Head grade={grade} />
          </summary>
          <Points grade={grade} />
        </details>
      ))}
      {hasNextPage && (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}

function Head({ grade }: { grade: Grade }) {
  const { t, i18n } = useTranslation('customer');
  const { level, score, source, asOf, policyId, screened } = grade;
  return (
    <span className="grade-head">
      <b>{t('grades.level', { level: levelLabel(level) })}</b> {t('grades.score', { score })}
      <span className="quiet">
        {' '}
        · {t(`source.${source}`)} · {moment(asOf, i18n.language)} · {policyId}
        {screened && ` · ${t('grades.screened')}`}
      </span>
    </span>
  );
}

const HUNDRED = 100;

function Points({ grade: { reasons } }: { grade: Grade }) {
  const { t } = useTranslation('customer');
  if (reasons.length === 0) return <p className="quiet">{t('grades.noPoints')}</p>;
  return (
    <ul className="points">
      {reasons.map(({ factor, points, text }) => (
        <li key={`${factor} ${text}`}>
          <span>{text}</span>
          <meter min={0} max={HUNDRED} value={points} aria-label={t('grades.points', { points })} />
          <span className="number">{points}</span>
        </li>
      ))}
    </ul>
  );
}
