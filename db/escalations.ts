import { levelLabel, type LadderPolicy, type Level } from '../domain/policy';
import { dateOf } from '../domain/time';
import type { Db, Sql } from './client';
import { applied, command, refused, type CommandResult, type Order } from './commands';
import { payload } from './holds';
import { nudgeCustomer } from './nudges';
import type { RuleBook } from './rules';

/**
 * Orders a graver level from now on, or a step now. Mandatory notices that come before the step still come first (law 4).
 * Idempotent by the order's id; refused where there is no open cycle, the level is not graver, or the ladder has no such step.
 */
export async function escalateCustomer(
  db: Db,
  book: RuleBook,
  order: Order,
  {
    customerNo,
    toLevel,
    toStep,
  }: Readonly<{ customerNo: string; toLevel: Level | null; toStep: string | null }>,
): Promise<CommandResult> {
  return command(
    db,
    order,
    { kind: 'escalate', customerNo, body: { toLevel, toStep } },
    async (tx) => {
      const stands = await standing(tx, customerNo);
      if (stands === null) return refused(`Customer ${customerNo} has no open cycle.`);
      if ((toLevel === null) === (toStep === null))
        return refused('Name a level or a step to escalate to, not both.');
      const { policy } = await book.rules(stands.policyId);
      const no =
        toLevel !== null
          ? levelRefused(toLevel, stands.level)
          : stepRefused(toStep ?? '', policy, stands.level);
      if (no !== null) return refused(no);
      await tx.$executeRaw`
      insert into escalation (id, customer_no, to_level, to_step, at, actor, reason)
      values (${order.id}, ${customerNo}, ${toLevel}, ${toStep}, ${order.at}::timestamptz, ${order.actor}, ${order.reason})`;
      if (toLevel !== null) await gradeAs(tx, book, order, customerNo, toLevel);
      const more = toLevel !== null ? { toLevel } : { toStep };
      await nudgeCustomer(tx, customerNo, { signal: 'escalate', body: payload(order, more) });
      return applied;
    },
  );
}

type Standing = Readonly<{ policyId: string; level: Level }>;

async function standing(tx: Sql, customerNo: string): Promise<Standing | null> {
  const [row] = await tx.$queryRaw<Standing[]>`
    select policy_id as "policyId", coalesce((select g.level from grade g where g.customer_no = cy.customer_no order by id desc limit 1), level) as level
    from cycle cy where customer_no = ${customerNo} and outcome is null`;
  return row ?? null;
}

function levelRefused(to: Level, now: Level): string | null {
  return to < now
    ? null
    : `The customer is at level ${levelLabel[now]} already; ${levelLabel[to]} is not graver.`;
}

function stepRefused(toStep: string, { ladders }: LadderPolicy, level: Level): string | null {
  const keys = ladders[level].filter(({ kind }) => kind !== 'levelRise').map(({ key }) => key);
  return keys.includes(toStep)
    ? null
    : `The ladder of level ${levelLabel[level]} has no step ${toStep}: it has ${keys.join(', ')}.`;
}

async function gradeAs(
  tx: Sql,
  book: RuleBook,
  order: Order,
  customerNo: string,
  level: Level,
): Promise<void> {
  const { id: policyId } = await book.grading(dateOf(order.at));
  await tx.$executeRaw`
    insert into grade (customer_no, as_of, level, score, reasons, source, policy_id)
    values (${customerNo}, ${order.at}::timestamptz, ${level}::smallint,
      coalesce((select score from grade where customer_no = ${customerNo} order by id desc limit 1), 0),
      jsonb_build_array(jsonb_build_object('factor', 'escalation', 'points', 0, 'why', ${order.reason}::text)), 'escalation', ${policyId})`;
}
