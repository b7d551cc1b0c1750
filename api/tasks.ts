import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { assignTask } from '../db/task-assignment';
import { finishTask } from '../db/task-outcomes';
import { stationNow } from '../db/clock';
import { viewTask, type TaskView } from '../db/task-view';
import { findTask, listTasks, TASK_STATES, type TaskFilter } from '../db/tasks';
import { may, sees, type Principal } from '../domain/permissions';
import { needsOf, outcomesOf, TASK_KINDS } from '../domain/tasks';
import { toDate, toInstant } from '../domain/time';
import { sayEnding, sayHappened, sayWhy, type Language } from '../domain/words';
import type { Deps } from './deps';
import { languageOf } from './language';
import { pageOf, pageQuery, paged, readCursor } from './page';
import { notFound, ProblemError } from './problem';
import { done, Done, orderOf, Reason, route } from './route';
import { CustomerNo, DateIn, InstantIn, printable, Station } from './schema/common';
import { Task, TaskDetail } from './schema/tasks';

const params = z.strictObject({ id: z.uuid() });
const text = (max: number) => z.string().max(max).refine(printable, 'no control characters');

/** What people have to do, and what became of it. */
export function registerTasks(app: FastifyInstance, deps: Deps): void {
  list(app, deps);
  show(app, deps);
  finish(app, deps);
  assign(app, deps);
}

/** Which tasks a list or an export means. */
export const taskFilter = {
  mine: z.enum(['true', 'false']).optional().describe('true: those given to the caller'),
  assignee: text(64).optional().describe('whose they are, such as collector:TB01'),
  station: Station.optional(),
  customerNo: CustomerNo.optional(),
  kind: z.enum(TASK_KINDS).optional(),
  state: z.enum(TASK_STATES).default('open').describe('escalated: open, and with the supervisor'),
  dueBefore: InstantIn.optional(),
  overdue: z.enum(['true', 'false']).optional().describe('true: open though due'),
} as const;
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
      response: { 200: pageOf(Task) },
    },
    async ({ query: { limit, cursor, ...given }, principal }) => {
      const after = readCursor(z.tuple([z.iso.datetime(), z.uuid()]), cursor);
      const filter = tasksOf(given, principal);
      const { stations } = principal;
      const asOf = await stationNow(db);
      const rows = await listTasks(db, { stations, filter, asOf, after, limit: limit + 1 });
      return paged(rows, limit, ({ dueAt, id }) => [dueAt, id]);
    },
  );
}

type Given = z.output<z.ZodObject<typeof taskFilter>>;

/** A filter as it came, of who asks; what was left out does not matter. */
export function tasksOf(
  { mine, overdue, dueBefore, ...given }: Given,
  principal: Principal,
): TaskFilter {
  const assignee = mine === 'true' ? ownName(principal) : (given.assignee ?? null);
  if (mine === 'true' && given.assignee !== undefined && given.assignee !== assignee)
    throw new ProblemError(
      'badRequest',
      `mine is ${assignee}'s; ask for one of mine and assignee.`,
    );
  return {
    station: given.station ?? null,
    assignee,
    customerNo: given.customerNo ?? null,
    kind: given.kind ?? null,
    state: given.state,
    dueBefore: dueBefore === undefined ? null : toInstant(dueBefore),
    overdue: overdue === 'true',
  };
}

function ownName({ username, assignee }: Principal): string {
  if (assignee !== null) return assignee;
  throw new ProblemError(
    'badRequest',
    `Nothing is given to ${username}: no name for tasks is on file. An administrator gives one.`,
  );
}

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
      const task = await viewTask(deps.db, deps.book, id, await stationNow(deps.db));
      if (task === null || !sees(principal, task.station)) throw notFound(`task ${id}`);
      return told(task, languageOf(request));
    },
  );
}

/** A task in the words of its reader. */
function told(task: TaskView, language: Language): z.output<typeof TaskDetail> {
  const { recent, bills, ...rest } = task;
  return {
    ...rest,
    bills: [...bills],
    whyText: sayWhy(language, task.why),
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
