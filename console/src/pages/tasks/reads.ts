import { useQuery } from '@tanstack/react-query';
import type { Api, ListedTask } from '../../../generated/api';
import { call } from '../../lib/api';
import { AGAIN_MS, useList } from '../../lib/list';
import { useSession } from '../../lib/session';

/** What the address keeps. */
export const FILTERS = ['whose', 'kind', 'due', 'station', 'assignee', 'state'] as const;
export type Filters = Partial<Record<(typeof FILTERS)[number], string>>;
type Query = NonNullable<Api['GET /tasks']['query']>;

/** All that is read about tasks begins with this key. */
export const TASKS = ['tasks'] as const;
const PAGE = 100;
const language = (): string => document.documentElement.lang;

const DUE: Readonly<Record<string, Query>> = {
  overdue: { overdue: 'true' },
  today: { dueInDays: 0 },
  tomorrow: { dueInDays: 1 },
  week: { dueInDays: 7 },
};

/** Whose tasks are shown when the address does not say: one's own, for who has a name that tasks carry. */
export function useWhose({ whose }: Filters): 'mine' | 'all' {
  const { data: session } = useSession();
  if (whose === 'mine' || whose === 'all') return whose;
  return session?.assignee === null || session?.assignee === undefined ? 'all' : 'mine';
}

/** The address' words as the API's; what is none there, the API refuses with a sentence. */
function queryOf({ kind, due, station, assignee, state }: Filters, whose: 'mine' | 'all'): Query {
  return {
    ...(due === undefined ? {} : DUE[due]),
    ...(whose === 'mine' ? { mine: 'true' } : { assignee, station }),
    kind: kind as Query['kind'],
    state: state as Query['state'],
  };
}

export function useTasks(filters: Filters) {
  const query = queryOf(filters, useWhose(filters));
  return useList<ListedTask>([...TASKS, 'list', query, language()], ({ cursor, signal }) =>
    call('GET /tasks', { query: { ...query, limit: PAGE, cursor }, signal }),
  );
}

/** The most urgent of the list that is another than this one; null: there is none. */
export function useNextTask(filters: Filters, id: string) {
  const query = queryOf(filters, useWhose(filters));
  return useQuery({
    queryKey: [...TASKS, 'next', query, id],
    queryFn: async ({ signal }) => {
      const { items } = await call('GET /tasks', { query: { ...query, limit: 2 }, signal });
      return items.find((task) => task.id !== id && task.outcome === null) ?? null;
    },
  });
}

export const useTask = (id: string) =>
  useQuery({
    queryKey: [...TASKS, id, language()],
    queryFn: ({ signal }) => call('GET /tasks/{id}', { params: { id }, signal }),
    refetchInterval: AGAIN_MS,
  });

/** To whom tasks can be given. */
export const useAssignees = (station: string | undefined) =>
  useQuery({
    queryKey: [...TASKS, 'assignees', station],
    queryFn: ({ signal }) =>
      call('GET /assignees', { query: station === undefined ? {} : { station }, signal }),
    staleTime: 60_000,
  });
