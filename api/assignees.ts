import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { listAssignees } from '../db/assignees';
import { stationsOf } from './access';
import type { Deps } from './deps';
import { route } from './route';
import { itemsOf } from './schema/answers';
import { Station } from './schema/common';
import { Assignee } from './schema/tasks';

/** Whom a supervisor can choose when a task is to go to somebody else, and how much each has already. */
export function registerAssignees(app: FastifyInstance, { db }: Deps): void {
  const spec = {
    permission: 'task.read',
    tag: 'tasks',
    summary: 'To whom tasks can be given, by station',
    query: z.strictObject({ station: Station.optional() }),
    response: { 200: itemsOf(Assignee) },
  } as const;
  route(app, 'GET', '/assignees', spec, async ({ query, principal }) => {
    const stations = await stationsOf(db, principal, query.station);
    return { items: await listAssignees(db, stations) };
  });
}
