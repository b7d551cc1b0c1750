import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { assignTask } from '../db/task-assignment';
import { finishTask } from '../db/task-outcomes';
import { stationNow } from '../db/clock';
import { viewTask, type TaskView } from '../db/task-view';
import { findTask, listTasks, type Task } from '../db/tasks';
import { may, sees } from '../domain/permissions';
import { needsOf, outcomesOf } from '../domain/tasks';
import { toDate, type Instant } from '../domain/time';
import { sayEnding, sayHappened, sayWhy, type Language } from '../domain/words';
import type { Deps } from './deps';
import { languageOf } from './language';
import { pageOf, pageQuery, paged, readCursor } from './page';
import { notFound, ProblemError } from './problem';
import { done, Done, orderOf, Reason, route } from './route';
import { DateIn } from './schema/common';
import { ListedTask, TaskDetail } from './schema/tasks';
import { taskFilter, tasksOf, text } from './task-filter';

const params = z.strictObject({ id: z.uuid() });

/** What people have to do, and what became of it. */
export function registerTasks(app: FastifyInstance, deps: Deps): void {
  list(app, deps);
  show(app, deps);
  finish(app, deps);
  assign(app, deps);
}

const query = z.strictObject({ ...pageQuery, ...taskFilter });

function list(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'GET',
    '/tasks',
    {
      permission: 'task.read',
      tag: 'tasks',
      summary: 'Tasks, the most urgent first',
      query,
      response: { 200: pageOf(ListedTask) },
    },
    async ({ query: { limit, cursor, ...given }, principal, request }) => {
      const after = readCursor(z.tuple([z.iso.datetime(), z.uuid()]), cursor);
      const { stations } = principal;
      const asOf = await stationNow(db);
      const filter = tasksOf(given, principal, asOf);
      const rows = await listTasks(db, { stations, filter, asOf, after, limit: limit + 1 });
      const { items, nextCursor } = paged(rows, limit, ({ dueAt, id }) => [dueAt, id]);
      const language = languageOf(request);
      return {
        items: items.map((task) => ({ ...task, ...seen(task, language, asOf) })),
        nextCursor,
      };
    },
  );
}

/** What depends on who reads it, and when. */
const seen = ({ why, outcome, dueAt }: Task, language: Language, asOf: Instant) => ({
  whyText: sayWhy(language, why),
  overdue: outcome === null && dueAt < asOf,
});

function show(app: FastifyInstance, deps: Deps): void {
  route(
    app,
    'GET',
    '/tasks/:id',
    {
      permission: 'task.read',
      tag: 'tasks',
      summary: 'All that a collector needs for one task',
      params,
      response: { 200: TaskDetail },
    },
    async ({ params: { id }, principal, request }) => {
      const asOf = await stationNow(deps.db);
      const task = await viewTask(deps.db, deps.book, id, asOf);
      if (task === null || !sees(principal, task.station)) throw notFound(`task ${id}`);
      return told(task, languageOf(request), asOf);
    },
  );
}

/** A task in the words of its reader. */
function told(task: TaskView, language: Language, asOf: Instant): z.output<typeof TaskDetail> {
  const { recent, bills, ...rest } = task;
  return {
    ...rest,
    bills: [...bills],
    ...seen(task, language, asOf),
    recent: recent.map((one) => ({ at: one.at, text: sayHappened(language, one) })),
    endings: outcomesOf(task.kind).map((outcome) => ({
      ...{ outcome, needs: needsOf(outcome) },
      ...sayEnding(language, task.kind, outcome),
    })),
  };
}

function finish(app: FastifyInstance, { db, book }: Deps): void {
  route(
    app,
    'POST',
    '/tasks/:id/outcome',
    {
      permission: 'task.finish',
      tag: 'tasks',
      summary: 'What became of a task; the ladder follows',
      params,
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
      return done(
        order,
        await finishTask(db, book, order, { taskId, outcome, note, promisedOn: day }),
      );
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
      params,
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
