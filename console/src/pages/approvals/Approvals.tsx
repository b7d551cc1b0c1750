import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Approval } from '../../../generated/api';
import { call } from '../../lib/api';
import { moment } from '../../lib/format';
import { useList } from '../../lib/list';
import { useSession } from '../../lib/session';
import { useUrlFilters } from '../../lib/url-filters';
import { cellsOf } from '../../ui/columns';
import { ListTable, type Cells } from '../../ui/DataTable';
import { ChoiceFilter } from '../../ui/FilterFields';
import { PageHead } from '../../ui/PageHead';
import { Decision } from './Decision';
import { useWanted } from './wanted';

const STATES = ['open', 'decided', 'all'] as const;
const KINDS = [
  'override',
  'waiver',
  'policyActivation',
  'experimentStart',
  'experimentEnd',
] as const;
const oneOf = <T extends string>(all: readonly T[], text: string | undefined): T | undefined =>
  all.find((one) => one === text);

/** What waits for a second person, and what became of the rest. */
export default function Approvals() {
  const { t } = useTranslation('approvals');
  const [filters, change] = useUrlFilters(['state', 'kind'] as const);
  const state = oneOf(STATES, filters.state) ?? 'open';
  const kind = oneOf(KINDS, filters.kind);
  const list = useList(['approvals', 'list', state, kind], ({ cursor, signal }) =>
    call('GET /approvals', { query: { state, kind, cursor }, signal }),
  );
  const choices = <T extends string>(name: string, all: readonly T[]) =>
    all.map((value) => ({ value, label: t(`${name}.${value}`) }));
  return (
    <>
      <PageHead title={t('title')} />
      <p className="quiet lead">{t('lead')}</p>
      <div className="filters" role="search">
        <ChoiceFilter
          label={t('stateIs')}
          value={state}
          options={choices('state', STATES)}
          change={(to) => change({ state: to === 'open' ? '' : to })}
          all={t('state.open')}
        />
        <ChoiceFilter
          label={t('kindIs')}
          value={kind}
          options={choices('kind', KINDS)}
          change={(to) => change({ kind: to })}
        />
      </div>
      <ListTable
        label={t('title')}
        list={list}
        columns={useColumns()}
        keyOf={({ id }) => id}
        empty={t(state === 'open' ? 'empty' : 'emptyFilter')}
      />
    </>
  );
}

function useColumns(): Cells<Approval>[] {
  const { t, i18n } = useTranslation('approvals');
  const { data: session } = useSession();
  const { shortly } = useWanted();
  const column = cellsOf<Approval>(t);
  return [
    column('what', (approval) => (
      <Link to={`/approvals/${encodeURIComponent(approval.id)}`}>{shortly(approval)}</Link>
    )),
    { ...column('reason', ({ reason }) => reason), wide: true },
    column('requestedBy', ({ requestedBy }) =>
      requestedBy === session?.username ? t('me', { name: requestedBy }) : requestedBy,
    ),
    {
      ...column('requestedAt', ({ requestedAt }) => moment(requestedAt, i18n.language)),
      wide: true,
    },
    column('stateIs', (approval) => <Decision approval={approval} />),
  ];
}
