import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'react-router';
import type { TaskDetail } from '../../../generated/api';
import { useUrlFilters } from '../../lib/url-filters';
import { useWords } from '../../lib/words';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageHead } from '../../ui/PageHead';
import { Background } from './Background';
import { Finished } from './Finished';
import { HandOver } from './HandOver';
import { Outcome } from './Outcome';
import { FILTERS, useTask } from './reads';
import './tasks.css';
import { Who } from './Who';

/** One task: whom it is about, what a call needs, what it came to, and which is next. */
export default function Task() {
  const { t } = useTranslation('tasks');
  const { word } = useWords();
  const { id = '' } = useParams();
  const { search } = useLocation();
  const { data, error, refetch } = useTask(id);
  const title =
    data === undefined ? t('task') : `${word('task', data.kind)} · ${data.name} ${data.customerNo}`;
  return (
    <>
      <PageHead title={title}>
        <Link to={`/tasks${search}`}>{t('back')}</Link>
      </PageHead>
      {error && <Failure error={error} again={() => void refetch()} />}
      {data === undefined && !error && <Loading height={700} />}
      {data && <Body key={data.id} task={data} />}
    </>
  );
}

function Body({ task }: { task: TaskDetail }) {
  const [filters] = useUrlFilters(FILTERS);
  return (
    <div className="task">
      <Who task={task} />
      <div className="task-outcome">
        {task.outcome === null ? (
          <Outcome task={task} />
        ) : (
          <Finished task={task} filters={filters} />
        )}
        {task.outcome === null && <HandOver task={task} />}
      </div>
      <Background task={task} />
    </div>
  );
}
