import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ListedTask } from '../../../generated/api';
import { clock, day, dayOf, moment } from '../../lib/format';
import { useAtLeast, useNarrow } from '../../lib/use-width';
import { useWords } from '../../lib/words';
import { Mark } from '../../ui/Mark';
import { columnsOf } from '../../ui/columns';
import type { Column } from '../../ui/VirtualRows';
import { useNames } from '../../lib/names';

/** On a telephone: what, with whom, until when. `search`: the filters, which a task's page keeps to offer the next one of the same list. */
export function useColumns(search: string): Column<ListedTask>[] {
  const { t } = useTranslation('tasks');
  const { word } = useWords();
  const nameOf = useNames();
  const narrow = useNarrow();
  const medium = useAtLeast(1000);
  const wide = useAtLeast(1300);
  const column = columnsOf<ListedTask>(t);
  const what = column('kind', narrow ? '76px' : '130px', ({ kind }) => word('task', kind));
  const who = column('customer', 'minmax(0, 1fr)', ({ id, name, customerNo }) => (
    <Link to={`/tasks/${id}${search}`}>{`${name} ${customerNo}`}</Link>
  ));
  const due = column('due', narrow ? '104px' : '290px', (task) => <Due task={task} />);
  const why = column('why', 'minmax(0, 1fr)', ({ whyText }) => whyText);
  const more = [
    column('assignee', 'minmax(0, 0.8fr)', ({ assignee }) => nameOf(assignee)),
    column('station', '90px', ({ station }) => station),
  ];
  return [what, who, due, ...(wide ? [why] : []), ...(medium ? more : [])];
}

/** On a telephone the day, else to the minute; what is late is said in words too. */
function Due({ task: { dueAt, overdue, escalated, outcome } }: { task: ListedTask }) {
  const { t, i18n } = useTranslation('tasks');
  const narrow = useNarrow();
  const date = narrow ? day(dayOf(dueAt), i18n.language) : moment(dueAt, i18n.language);
  return (
    <time dateTime={dueAt} title={clock(dueAt, i18n.language)} className={overdue ? 'late' : ''}>
      {narrow && overdue ? t('late') : date}
      {!narrow && overdue && <Mark tone="bad">{t('late')}</Mark>}
      {!narrow && escalated && outcome === null && <Mark tone="waits">{t('escalated')}</Mark>}
    </time>
  );
}
