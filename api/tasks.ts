import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { assignTask } from '../db/task-assignment';
import { finishTask } from '../db/task-outcomes';
import { findTask, listTasks } from '../db/tasks';
import { may, sees } from '../domain/permissions';
import { toDate } from '../domain/time';
import type { Deps } from './deps';
import { pageOf, pageQuery, paged, readCursor } from './page';
import { notFound, ProblemError } from './problem';
import { done, Done, orderOf, Reason, route } from './route';
import { CustomerNo, DateIn, printable } from './schema/common';
import { Task } from './schema/tasks';

const text = (max: number) => z.string().max(max).refine(printable, 'no control characters');

/** What people have to do, and what became of it. */
export function registerTasks(app: FastifyInstance, deps: Deps): void {
  list(app, deps);
  finish(app, deps);
  assign(app, deps);
}

function list(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'GET',
    '/tasks',
    {
      permission: 'task.read',
      tag: 'tasks',
      summary: 'Tasks, the most urgent first',
      query: z.strictObject({
        ...pageQuery,
        assignee: text(64).optional(),
        customerNo: CustomerNo.optional(),
        open: z.enum(['true', 'false']).default('true'),
      }),
      response: { 200: pageOf(Task) },
    },
    async ({
      query: { limit, cursor, assignee = null, customerNo = null, open },
      principal: { stations },
    }) => {
      const after = readCursor(z.tuple([z.iso.datetime(), z.uuid()]), cursor);
      const filter = {
        stations,
        assignee,
        customerNo,
        open: open === 'true',
        after,
        limit: limit + 1,
      };
      return paged(await listTasks(db, filter), limit, ({ dueAt, id }) => [dueAt, id]);
    },
  );
}

function finish(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'POST',
    '/tasks/:id/outcome',
    {
      permission: 'task.finish',
      tag: 'tasks',
      summary: 'What became of a task; the ladder follows',
      params: z.strictObject({ id: z.uuid() }),
      body: z.strictObject({
        outcome: text(40).min(1),
        note: text(2000).default(''),
        promisedOn: DateIn.optional().describe('for the outcome promise'),
      }),
      dryRun: true,
      response: { 200: Done },
    },
    async (call) => {
      const {
        params: { id: taskId },
        body: { outcome, note, promisedOn },
        principal,
      } = call;
      const task = await findTask(db, taskId);
      if (task === null || !sees(principal, task.station)) throw notFound(`task ${taskId}`);
      if (task.kind === 'review' && !may(principal, 'task.review'))
        throw new ProblemError(
          'forbidden',
          `A ${principal.role} with this sign-in may not: task.review.`,
        );
      const order = await orderOf(db, call, note === '' ? outcome : note);
      const day = promisedOn === undefined ? null : toDate(promisedOn);
      return done(order, await finishTask(db, order, { taskId, outcome, note, promisedOn: day }));
    },
  );
}

function assign(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'POST',
    '/tasks/:id/assignment',
    {
      permission: 'task.assign',
      tag: 'tasks',
      dryRun: true,
      summary: 'Give an open task to somebody else; its due day stays',
      params: z.strictObject({ id: z.uuid() }),
      body: z.strictObject({ assignee: text(100).min(1), reason: Reason }),
      response: { 200: Done },
    },
    async (call) => {
      const {
        params: { id: taskId },
        body: { assignee, reason },
        principal,
      } = call;
      const task = await findTask(db, taskId);
      if (task === null || !sees(principal, task.station)) throw notFound(`task ${taskId}`);
      const order = await orderOf(db, call, reason);
      return done(order, await assignTask(db, order, { taskId, assignee }));
    },
  );
}
