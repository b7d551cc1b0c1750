import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Customer } from '../../../generated/api';
import { levelLabel } from '../../lib/format';
import { useNarrow } from '../../lib/use-width';
import { useWords } from '../../lib/words';
import { TextFilter } from '../../ui/FilterFields';
import type { FILTERS, Filters } from './address';
import { useStations } from './query';

const CATEGORIES = [
  'residential',
  'commercial',
  'industrial',
  'agricultural',
  'dedicated_transformer',
  'government',
  'school',
] as const;
const STAGES = [
  'opened',
  'billNotice',
  'preDueReminder',
  'overdueReminder',
  'callTask',
  'demand',
  'levelRise',
  'review',
] as const satisfies readonly Customer['stage'][];
const FLAGS = [
  'screened',
  'held',
  'disputed',
  'promised',
  'suppressed',
  'device',
] as const satisfies Customer['flags'];
const SORTS = ['number', 'owed', 'overdue'] as const;

type Given = { filters: Filters; change: (to: Filters) => void };

/** What narrows the list; on a telephone all but the search is folded away. Texts count when one presses Enter or goes on; choices at once. */
export function CustomerFilters({ filters, change }: Given) {
  const { t } = useTranslation('customers');
  const { word } = useWords();
  const narrow = useNarrow();
  const choices = <K extends string>(kind: string, codes: readonly K[]) =>
    codes.map((value) => ({ value, label: word(kind, value) }));
  const levels = ([1, 2, 3] as const).map((level) => ({
    value: String(level),
    label: levelLabel(level),
  }));
  const { data } = useStations();
  const stations = (data?.items ?? []).map(({ station }) => ({ value: station, label: station }));
  const given = { filters, change };
  const more = (
    <>
      <Choice {...given} name="station" label={t('station')} options={stations} />
      <Choice
        {...given}
        name="category"
        label={t('category')}
        options={choices('category', CATEGORIES)}
      />
      <Choice {...given} name="level" label={t('level')} options={levels} />
      <Choice {...given} name="stage" label={t('stage')} options={choices('stage', STAGES)} />
      <Choice {...given} name="flags" label={t('flags')} options={choices('flag', FLAGS)} many />
      <Text {...given} name="minOverdueDays" label={t('minOverdueDays')} digits />
      <Text {...given} name="minOwed" label={t('minOwed')} digits />
      <Choice
        {...given}
        name="sort"
        label={t('sort')}
        options={choices('sort', SORTS)}
        none={word('sort', 'number')}
      />
    </>
  );
  return (
    <div className="filters" role="search">
      <Text {...given} name="search" label={t('search')} hint={t('searchHint')} />
      {narrow ? (
        <details>
          <summary>{t('more')}</summary>
          <div className="filters">{more}</div>
        </details>
      ) : (
        more
      )}
    </div>
  );
}
type Named = Given & { name: (typeof FILTERS)[number]; label: string };

function Text({ filters, change, name, ...more }: Named & { hint?: string; digits?: true }) {
  return <TextFilter value={filters[name]} change={(to) => change({ [name]: to })} {...more} />;
}

type Options = { options: { value: string; label: string }[]; many?: true; none?: string };

/** One of them, or with `many` any number, kept with commas between; `none` is what none chosen means. */
function Choice({ filters, change, name, label, options, many, none }: Named & Options) {
  const { t } = useTranslation('customers');
  const kept = filters[name];
  const value = many ? kept?.split(',') : kept;
  return (
    <label>
      {label}
      <Select<string | string[]>
        aria-label={label}
        allowClear
        {...(many ? { mode: 'multiple', maxTagCount: 1 } : {})}
        placeholder={none ?? t('common:all')}
        options={options}
        popupMatchSelectWidth={false}
        {...(value === undefined ? {} : { value })}
        // Nothing chosen is undefined, whatever the type says.
        onChange={(to: string | string[] | undefined) => change({ [name]: String(to ?? '') })}
      />
    </label>
  );
}
