import { Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../lib/session';
import { useWords } from '../../lib/words';
import { ChoiceFilter } from '../../ui/FilterFields';
import { useNames } from '../../lib/names';
import { useAssignees, type Filters } from './reads';

const KINDS = [
  'call',
  'visit',
  'letter',
  'review',
  'deviceContact',
  'deviceVisit',
  'deviceAgreement',
  'deviceSigning',
  'deviceInstallation',
  'deviceTopUp',
  'deviceSwitch',
];
const DUE = ['overdue', 'today', 'tomorrow', 'week'];
const STATES = ['open', 'escalated', 'done', 'all'];

type Given = Readonly<{
  filters: Filters;
  whose: 'mine' | 'all';
  change: (to: Filters) => void;
}>;

/** What narrows the list; all of it is kept in the address. */
export function TaskFilters({ filters, whose, change }: Given) {
  const { t } = useTranslation('tasks');
  const { word } = useWords();
  const { data: session } = useSession();
  const nameless = session?.assignee === null;
  const words = (kind: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`${kind}.${value}`) }));
  const choice = (name: keyof Filters) => ({
    value: filters[name],
    change: (to: string) => change({ [name]: to }),
  });
  return (
    <>
      <div className="filters" role="search">
        <Whose whose={whose} change={change} nameless={nameless} />
        <ChoiceFilter
          label={t('kind')}
          options={KINDS.map((value) => ({ value, label: word('task', value) }))}
          {...choice('kind')}
        />
        <ChoiceFilter label={t('dueWhen')} options={words('dues', DUE)} {...choice('due')} />
        {whose === 'all' && <Where filters={filters} change={change} />}
        <ChoiceFilter
          label={t('state')}
          options={words('states', STATES)}
          all={t('states.open')}
          {...choice('state')}
        />
      </div>
      {nameless && whose === 'mine' && <p className="quiet nameless">{t('nameless')}</p>}
    </>
  );
}

type WhoseGiven = Pick<Given, 'whose' | 'change'> & Readonly<{ nameless: boolean }>;

function Whose({ whose, change, nameless }: WhoseGiven) {
  const { t } = useTranslation('tasks');
  return (
    <div className="whose">
      <span id="whose">{t('whose')}</span>
      <Radio.Group
        aria-labelledby="whose"
        optionType="button"
        value={whose}
        options={[
          { value: 'mine', label: t('mine'), disabled: nameless },
          { value: 'all', label: t('all') },
        ]}
        onChange={({ target }) =>
          change({ whose: String(target.value), assignee: '', station: '' })
        }
      />
    </div>
  );
}

/** At which station and whose, of those who can have tasks there. */
function Where({ filters, change }: Pick<Given, 'filters' | 'change'>) {
  const { t } = useTranslation('tasks');
  const nameOf = useNames();
  const { data } = useAssignees(undefined);
  const known = data?.items ?? [];
  const stations = [...new Set(known.map(({ station }) => station))];
  const { station, assignee } = filters;
  const people = known.filter((one) => station === undefined || one.station === station);
  const names = new Map(people.map((one) => [one.assignee, nameOf(one.assignee, one.name)]));
  if (assignee !== undefined && !names.has(assignee)) names.set(assignee, nameOf(assignee));
  return (
    <>
      {(stations.length > 1 || station !== undefined) && (
        <ChoiceFilter
          label={t('station')}
          options={stations.map((value) => ({ value, label: value }))}
          value={station}
          change={(to) => change({ station: to, assignee: '' })}
        />
      )}
      <ChoiceFilter
        label={t('assignee')}
        options={[...names].map(([value, label]) => ({ value, label }))}
        value={assignee}
        change={(to) => change({ assignee: to })}
      />
    </>
  );
}
