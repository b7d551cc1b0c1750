import { useTranslation } from 'react-i18next';
import { day, moment } from '../../lib/format';
import { useWords } from '../../lib/words';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { Table } from './Money';
import { useDisputes, useHolds, usePromises, useProposals } from './reads';

/** What people ordered and what the customer said, also what is over. */
export function Cases({ customerNo }: { customerNo: string }) {
  return (
    <>
      <Holds customerNo={customerNo} />
      <Promises customerNo={customerNo} />
      <Disputes customerNo={customerNo} />
      <Proposals customerNo={customerNo} />
    </>
  );
}

type Given = { customerNo: string };

/** One of the four tables: waiting, failed, empty, or its rows. */
function Listed<Row>(given: {
  list: { data: { items: Row[] } | undefined; error: Error | null; refetch: () => unknown };
  of: 'holds' | 'promises' | 'disputes' | 'proposals';
  heads: readonly string[];
  cells: (row: Row) => readonly (readonly [string, string])[];
}) {
  const { list, of, heads, cells } = given;
  const { t } = useTranslation('customer');
  if (list.error) return <Failure error={list.error} again={() => void list.refetch()} />;
  if (list.data === undefined) return <Loading height={120} />;
  const rows = list.data.items;
  return (
    <Table title={t(`${of}.title`)} none={t(`${of}.none`)} empty={rows.length === 0}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th scope="col" key={head}>
              {t(`${of}.${head}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, n) => (
          <tr key={n}>
            {cells(row).map(([text, how], at) => (
              <td key={at} className={how}>
                {text}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** Dates stay on one line, texts do not. */
const date = (text: string) => [text, 'date'] as const;
const words = (text: string) => [text, ''] as const;

function Holds({ customerNo }: Given) {
  const { t, i18n } = useTranslation('customer');
  const at = (instant: string) => moment(instant, i18n.language);
  return (
    <Listed
      list={useHolds(customerNo, 'all')}
      of="holds"
      heads={['over', 'from', 'until', 'by', 'reason', 'released']}
      cells={({ scope, ref, from, until, placedBy, reason, releasedAt, releasedBy }) => [
        words(`${t(`scope.${scope}`)} ${ref}`),
        date(at(from)),
        date(until === null ? t('now.untilReleased') : at(until)),
        words(placedBy),
        words(reason),
        date(releasedAt === null ? '–' : `${at(releasedAt)} ${releasedBy ?? ''}`),
      ]}
    />
  );
}

function Promises({ customerNo }: Given) {
  const { t, i18n } = useTranslation('customer');
  return (
    <Listed
      list={usePromises(customerNo)}
      of="promises"
      heads={['on', 'made', 'by', 'state']}
      cells={({ promisedOn, madeAt, madeTo, kept }) => [
        date(day(promisedOn, i18n.language)),
        date(moment(madeAt, i18n.language)),
        words(madeTo),
        words(t(kept === null ? 'promises.open' : kept ? 'promises.kept' : 'promises.broken')),
      ]}
    />
  );
}

function Disputes({ customerNo }: Given) {
  const { t, i18n } = useTranslation('customer');
  return (
    <Listed
      list={useDisputes(customerNo)}
      of="disputes"
      heads={['bill', 'opened', 'by', 'reason', 'state', 'ended']}
      cells={({ billNo, openedAt, openedBy, reason, resolution, resolvedAt, resolvedBy }) => [
        words(billNo),
        date(moment(openedAt, i18n.language)),
        words(openedBy),
        words(reason),
        words(resolution === null ? t('disputes.open') : t(`resolve.${resolution}`)),
        date(
          resolvedAt === null ? '–' : `${moment(resolvedAt, i18n.language)} ${resolvedBy ?? ''}`,
        ),
      ]}
    />
  );
}

function Proposals({ customerNo }: Given) {
  const { i18n } = useTranslation('customer');
  const { word } = useWords();
  return (
    <Listed
      list={useProposals(customerNo)}
      of="proposals"
      heads={['opened', 'stage', 'since', 'reason', 'rest']}
      cells={({ openedAt, stage, stageAt, reason, restUntil }) => [
        date(moment(openedAt, i18n.language)),
        words(word('deviceStage', stage)),
        date(moment(stageAt, i18n.language)),
        words(reason === '' ? '–' : reason),
        date(restUntil === null ? '–' : day(restUntil, i18n.language)),
      ]}
    />
  );
}
