import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Happened } from '../../../generated/api';
import { clock, dayOf, longDay, month } from '../../lib/format';
import { useUrlFilters } from '../../lib/url-filters';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { MessageText } from './MessageText';
import { GROUPS, groupOf, NOT_DONE } from './kinds';
import { useMonths, useTimeline } from './reads';

/** All that happened and did not in the chosen month, the latest first, day by day. */
export function Timeline({ customerNo }: { customerNo: string }) {
  const { t } = useTranslation('customer');
  const span = useSpan(customerNo);
  const [{ only }, change] = useUrlFilters(['only']);
  const { data, error, refetch } = useTimeline(customerNo, span.since, !span.waiting);
  if (error) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined || span.waiting) return <Loading height={400} />;
  const within = data.items.filter(({ at }) => span.before === null || at < span.before);
  const rows = within.filter(({ kind }) => only === undefined || groupOf(kind) === only).reverse();
  const groups = GROUPS.map((value) => ({ value, label: t(`kinds.${value}`) }));
  return (
    <>
      <div className="filters">
        <label>
          {t('timeline.month')}
          <Select
            aria-label={t('timeline.month')}
            value={span.value}
            options={span.options}
            onChange={span.choose}
          />
        </label>
        <label>
          {t('timeline.only')}
          <Select
            aria-label={t('timeline.only')}
            allowClear
            placeholder={t('common:all')}
            {...(only === undefined ? {} : { value: only })}
            options={groups}
            onChange={(to: string | undefined) => change({ only: to ?? '' })}
          />
        </label>
      </div>
      {rows.length === 0 ? (
        <p className="quiet">{t('timeline.none')}</p>
      ) : (
        <Days customerNo={customerNo} rows={rows} />
      )}
    </>
  );
}

/** Which month is told: the latest unless another was chosen; the addresses keep it. */
function useSpan(customerNo: string) {
  const { t, i18n } = useTranslation('customer');
  const [{ month: chosen }, change] = useUrlFilters(['month']);
  const { data, isPending } = useMonths(customerNo);
  const months = data?.items ?? [];
  const value = chosen ?? months[0]?.period ?? ALL;
  const at = months.findIndex(({ period }) => period === value);
  // The bills are issued before the month is opened.
  const begins = (n: number): string | null => {
    const openedAt = months[n]?.openedAt;
    return openedAt === undefined ? null : `${dayOf(openedAt).slice(0, 7)}-01T00:00:00+08:00`;
  };
  const before = at > 0 ? begins(at - 1) : null;
  return {
    waiting: isPending,
    value,
    since: begins(at),
    before: before === null ? null : new Date(before).toISOString(),
    options: [
      ...months.map(({ period }) => ({ value: period, label: month(period, i18n.language) })),
      { value: ALL, label: t('timeline.all') },
    ],
    choose: (to: string) => change({ month: to }),
  };
}
const ALL = 'all';

function Days({ customerNo, rows }: { customerNo: string; rows: readonly Happened[] }) {
  const { i18n } = useTranslation();
  const days = byDay(rows);
  return (
    <div className="days">
      {[...days].map(([date, lines]) => (
        <section key={date} aria-label={longDay(date, i18n.language)}>
          <h3>{longDay(date, i18n.language)}</h3>
          <ol className="story">
            {lines.map((line, n) => (
              <Line key={`${line.at} ${line.kind} ${lines.length - n}`} {...{ customerNo, line }} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function byDay(rows: readonly Happened[]): Map<string, Happened[]> {
  const days = new Map<string, Happened[]>();
  for (const row of rows) {
    const date = dayOf(row.at);
    const lines = days.get(date);
    if (lines === undefined) days.set(date, [row]);
    else lines.push(row);
  }
  return days;
}

function Line({ customerNo, line }: { customerNo: string; line: Happened }) {
  const { t, i18n } = useTranslation('customer');
  const { at, kind, text, params } = line;
  const not = NOT_DONE.includes(kind);
  const { messageId } = params;
  return (
    <li className={not ? 'not' : ''}>
      <time className="when" dateTime={at}>
        {clock(at, i18n.language)}
      </time>
      <div>
        <span className={`kind ${groupOf(kind)}`}>{t(`kinds.${groupOf(kind)}`)}</span> {text}
        {typeof messageId === 'string' && <MessageText customerNo={customerNo} id={messageId} />}
      </div>
    </li>
  );
}
