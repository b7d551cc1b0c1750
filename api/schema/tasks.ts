import { z } from 'zod';
import { DateOut, Fen, InstantOut, Level } from './common';

export const Task = z
  .object({
    id: z.string(),
    kind: z.string(),
    customerNo: z.string(),
    name: z.string().describe('of the customer'),
    station: z.string(),
    period: z.string().nullable(),
    assignee: z.string(),
    why: z.string(),
    dueAt: InstantOut,
    escalated: z.boolean(),
    outcome: z.string().nullable(),
    note: z.string(),
  })
  .meta({ id: 'Task' });

/** As a list shows it to a reader. */
export const ListedTask = Task.extend({
  whyText: z.string().describe("why the task was given out, in the caller's language"),
  overdue: z.boolean().describe('open though due, by the clock of the station'),
}).meta({ id: 'ListedTask' });

/** What a task may come to. */
const Ending = z.object({
  outcome: z.string(),
  label: z.string().describe("in the caller's language"),
  effect: z.string().describe("what it does, in the caller's language"),
  needs: z.enum(['promisedOn', 'note']).nullable().describe('what it cannot be reported without'),
});

/** All that a collector needs at the door or at the telephone. */
export const TaskDetail = ListedTask.extend({
  customer: z.object({
    category: z.string(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    address: z.string().nullable(),
    language: z.string(),
    collector: z.string().nullable(),
    level: Level,
  }),
  owedFen: Fen.describe('now, without the penalty'),
  penaltyFen: Fen.describe('so far'),
  bills: z.array(
    z.object({
      billNo: z.string(),
      period: z.string(),
      dueOn: DateOut,
      outstandingFen: Fen,
      level: Level,
    }),
  ),
  lastPromise: z
    .object({
      promisedOn: DateOut,
      madeAt: InstantOut,
      kept: z.boolean().nullable().describe('null: its day is not over'),
    })
    .nullable(),
  recent: z
    .array(z.object({ at: InstantOut, text: z.string().describe("in the caller's language") }))
    .describe('the last contacts and payments, the latest first'),
  endings: z.array(Ending),
}).meta({ id: 'TaskDetail' });

export const Assignee = z
  .object({
    station: z.string(),
    assignee: z.string().describe('as tasks carry it, such as collector:TB01'),
    name: z.string().nullable().describe("of the person; null: the name is nobody's alone"),
    open: z.int().describe('open tasks that he has there'),
  })
  .meta({ id: 'Assignee' });
