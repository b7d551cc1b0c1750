import type { Sql } from './client';
import { within, type Stations } from './within';

/** To whom tasks of a station can be given. */
export type Assignee = Readonly<{
  station: string;
  /** As tasks carry it, such as `collector:TB01`. */
  assignee: string;
  /** Of the person on file; null: a name of the station's own, or one that only customers carry. */
  name: string | null;
  /** Open tasks that he has there. */
  open: number;
}>;

/**
 * Everybody to whom `assignTask` would give a task: the station's own names, who works there and may sign in, and whom its customers are on
 * file under. Reads only.
 */
export const listAssignees = (sql: Sql, stations: Stations): Promise<Assignee[]> =>
  sql.$queryRaw`
    with mine as (select station, collector from customer c where ${within(stations)} group by 1, 2),
    known as (
      select station, role || ':' || station as assignee from mine, unnest(array['collector', 'supervisor']) role
      union select station, collector from mine where collector is not null
      union select station, s.assignee from mine join staff s on s.all_stations or station = any(s.stations)
        where s.assignee is not null and s.disabled_at is null)
    select station, assignee,
      (select min(s.name) from staff s where s.assignee = known.assignee and s.disabled_at is null and (s.all_stations or known.station = any(s.stations))) as name,
      (select count(*)::int from task t where t.station = known.station and t.assignee = known.assignee and t.outcome is null) as open
    from known order by station, assignee`;
