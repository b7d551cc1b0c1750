import { applySignalCommand } from '../db/signal-commands';
import type { Plan } from '../domain/plan';
import type { Look, Turn, TurnResult } from '../workflows/contract';
import type { Deps } from './deps';
import { lookAgain, takeDueSteps } from './turn';

export const createMonthActivities = (deps: Deps) => ({
  /**
   * Does what is due for one cycle at the workflow's instant and returns the next plan. One of these and one wait is a turn.
   * Safe to retry: see takeDueSteps. @throws `FactsForgotten`, until repaired; `UnknownCustomer`, `UnknownCycle`, permanent.
   */
  takeTurn: (turn: Turn): Promise<TurnResult> => takeDueSteps(deps, turn),

  /**
   * After a wake: applies the orders that came by signal and that the database does not know yet, then says what comes next. Sends
   * nothing; only the end of the cycle is written. Safe to retry: orders are unique by id.
   */
  async look({ commands, ...turn }: Look): Promise<Plan> {
    for (const command of commands) await applySignalCommand(deps.db, deps.book, turn, command);
    return lookAgain(deps, turn);
  },
});

export type MonthActivities = ReturnType<typeof createMonthActivities>;
