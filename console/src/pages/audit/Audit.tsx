import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../generated/api';
import { call } from '../../lib/api';
import { moment, shortMoment } from '../../lib/format';
import { useList } from '../../lib/list';
import { useMay } from '../../lib/session';
import { useUrlFilters } from '../../lib/url-filters';
import { useAtLeast, useNarrow } from '../../lib/use-width';
import { Failure } from '../../ui/Failure';
import { ChoiceFilter, TextFilter } from '../../ui/FilterFields';
import { PageHead } from '../../ui/PageHead';
import { columnsOf } from '../../ui/columns';
import { VirtualRows, type Column } from '../../ui/VirtualRows';
import { Entry } from './Entry';
import { KINDS, useKind } from './kinds';
import './audit.css';

const FILTERS = ['actor', 'kind', 'customerNo', 'entry'] as const;
/** The most that the API gives at once. */
const PAGE = 200;

/** Who ordered what, why, by which door, and what came of it; refused orders too. */
export default function Audit() {
  const { t } = useTranslation('audit');
  const [{ actor, kind, customerNo, entry }, change] = useUrlFilters(FILTERS);
  const filter = { actor, kind, customerNo };
  const { rows, error, isFetching, more, again } = useList(
    ['audit', filter],
    ({ cursor, signal }) =>
      call('GET /audit', { query: { ...filter, limit: PAGE, cursor }, signal }),
    // Reading it again while one reads far down would read all of it.
    { again: false },
  );
  const columns = useColumns((id) => change({ entry: id }));
  const chosen = rows?.find(({ id }) => id === entry);
  const kindOf = useKind();
  return (
    <>
      <PageHead title={t('title')}>
        <Export filter={filter} />
      </PageHead>
      <div className="filters" role="search">
        <TextFilter label={t('actor')} value={actor} change={(to) => change({ actor: to })} />
        <ChoiceFilter
          label={t('kind')}
          value={kind}
          options={KINDS.map((value) => ({ value, label: kindOf(value) }))}
          change={(to) => change({ kind: to })}
        />
        <TextFilter
          label={t('customerNo')}
          value={customerNo}
          change={(to) => change({ customerNo: to })}
        />
      </div>
      {error && <Failure error={error} again={again} />}
      {rows?.length === 0 ? (
        <p className="card">{t('empty')}</p>
      ) : (
        <VirtualRows
          label={t('title')}
          columns={columns}
          rows={rows ?? []}
          keyOf={({ id }) => id}
          more={more}
          busy={isFetching}
        />
      )}
      {chosen && <Entry entry={chosen} close={() => change({ entry: '' })} />}
    </>
  );
}

function useColumns(open: (id: string) => void): Column<AuditEntry>[] {
  const { t, i18n } = useTranslation('audit');
  const kindOf = useKind();
  const narrow = useNarrow();
  const wide = useAtLeast(1100);
  const column = columnsOf<AuditEntry>(t);
  const what = column('kind', narrow ? 'minmax(0, 1fr)' : 'minmax(150px, 1fr)', ({ id, kind }) => (
    <button type="button" className="link" onClick={() => open(id)}>
      {kindOf(kind)}
    </button>
  ));
  const result = column('result', narrow ? '64px' : '88px', ({ refusedBecause }) => (
    <span className={refusedBecause === null ? '' : 'late'}>
      {t(refusedBecause === null ? 'done' : 'refused')}
    </span>
  ));
  return [
    column('recordedAt', narrow ? '132px' : '190px', ({ recordedAt }) =>
      (narrow ? shortMoment : moment)(recordedAt, i18n.language),
    ),
    what,
    ...(narrow ? [] : [column('actor', '140px', ({ actor }) => actor)]),
    ...(narrow ? [] : [column('customerNo', '120px', ({ customerNo }) => customerNo ?? '–')]),
    ...(wide ? [column('reason', 'minmax(0, 2fr)', ({ reason }) => reason)] : []),
    ...(wide ? [column('door', '90px', ({ door }) => t(`doorOf.${door}`))] : []),
    result,
  ];
}

/** The list as a file, with the filters of the page; taking it is on record too. */
function Export({ filter }: { filter: Readonly<Record<string, string | undefined>> }) {
  const { t } = useTranslation('audit');
  const may = useMay();
  if (!may('export.read')) return null;
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams(given as [string, string][]).toString();
  return (
    <a href={`/api/v1/exports/audit?${query}`} download>
      {t('export')}
    </a>
  );
}
