import { z } from 'zod';
import { TASK_STATES, type TaskFilter } from '../db/tasks';
import type { Principal } from '../domain/permissions';
import { TASK_KINDS } from '../domain/tasks';
import { dateOf, instantAt, plusDays, toInstant, type Instant } from '../domain/time';
import { ProblemError } from './problem';
import { CustomerNo, InstantIn, printable, Station } from './schema/common';

/** What somebody writes in a line, of so many characters at most. */
export const text = (max: number) => z.string().max(max).refine(printable, 'no control characters');

/** Which tasks a list or an export means. */
export const taskFilter = {
  mine: z.enum(['true', 'false']).optional().describe('true: those given to the caller'),
  assignee: text(64).optional().describe('whose they are, such as collector:TB01'),
  station: Station.optional(),
  customerNo: CustomerNo.optional(),
  kind: z.enum(TASK_KINDS).optional(),
  state: z.enum(TASK_STATES).default('open').describe('escalated: open, and with the supervisor'),
  dueBefore: InstantIn.optional(),
  dueInDays: z.coerce
    .number()
    .int()
    .min(0)
    .max(366)
    .optional()
    .describe('due by the end of today (0), of tomorrow (1), … by the clock of the station'),
  overdue: z.enum(['true', 'false']).optional().describe('true: open though due'),
} as const;
type Given = z.output<z.ZodObject<typeof taskFilter>>;

/** A filter as it came, of who asks; what was left out does not matter. */
export function tasksOf(
  { mine, overdue, dueBefore, dueInDays, ...given }: Given,
  principal: Principal,
  asOf: Instant,
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
    dueBefore: dueOf({ dueBefore, dueInDays }, asOf),
    overdue: overdue === 'true',
  };
}

/** The earlier of the two that may be asked for. */
function dueOf(
  { dueBefore, dueInDays }: Pick<Given, 'dueBefore' | 'dueInDays'>,
  asOf: Instant,
): Instant | null {
  const before = dueBefore === undefined ? null : toInstant(dueBefore);
  if (dueInDays === undefined) return before;
  const end = instantAt(plusDays(dateOf(asOf), dueInDays + 1));
  return before !== null && before < end ? before : end;
}

function ownName({ username, assignee }: Principal): string {
  if (assignee !== null) return assignee;
  throw new ProblemError(
    'badRequest',
    `Nothing is given to ${username}: no name for tasks is on file. An administrator gives one.`,
  );
}
