import type { Sql } from '../../db/client';
import type { Instant } from '../../domain/time';
import type { CustomerRun, SimCycle, SimStep } from '../run';

/** One thing that happened to a customer, in words that a simulation and a database have in common. */
export type Line = Readonly<{ customerNo: string; at: Instant; what: string }>;

/** A simulated customer's months as lines. */
export const linesOf = ({ steps, cycles }: CustomerRun): Line[] => [
  ...steps.flatMap(stepLines),
  ...cycles.flatMap(cycleLines),
];

function stepLines(step: SimStep): Line[] {
  const { customerNo, at, stepKey, billNos } = step;
  const because = [...new Set(step.because)].sort().join(' ');
  const what = {
    taskEscalated: [`task ${stepKey} escalated`],
    deviceProposed: ['device proposed'],
    deviceTaskEscalated: ['device task escalated'],
    deviceWithdrawn: ['device withdrawn'],
  }[step.kind as string] ?? [
    ...billNos.map((billNo) =>
      `step ${billNo} ${stepKey} done`.concat(because && ` after ${because}`),
    ),
    ...step.merged.map((rung) => `step ${rung.billNo} ${rung.stepKey} merged into ${stepKey}`),
    ...step.expired.map((rung) => `step ${rung.billNo} ${rung.stepKey} expired`),
    ...step.channels.map((channel) => `message ${stepKey} ${channel}`),
    ...step.tasks.map((kind) => `task ${stepKey}/${kind}/${billNos[0] ?? ''} given`),
  ];
  return what.map((text) => ({ customerNo, at, what: text }));
}

function cycleLines({ customerNo, period, level, openedAt, closedAt, outcome }: SimCycle): Line[] {
  const opened = { customerNo, at: openedAt, what: `month ${period} opened at level ${level}` };
  return closedAt === null || outcome === null
    ? [opened]
    : [opened, { customerNo, at: closedAt, what: `month ${period} ${outcome}` }];
}

/** What a database says happened, as lines. */
export const playedLines = (sql: Sql): Promise<Line[]> => sql.$queryRaw`
  with line as (
    select customer_no, at, 'step ' || bill_no || ' ' || step_key || ' ' || status || case status
        when 'merged' then ' into ' || merged_into
        when 'done' then coalesce(' after ' || (select string_agg(distinct reason, ' ' order by reason) from unnest(because) reason), '') else '' end as what
      from step where status <> 'deferred'
    union all select customer_no, sending_at, 'message ' || step_key || ' ' || channel || case status when 'accepted' then '' else ' ' || status end from message
    union all select customer_no, opened_at, 'task ' || step_key || '/' || kind || '/' || coalesce(bill_no, '') || ' given' from task where kind not like 'device%'
    union all select customer_no, escalated_at, 'task ' || step_key || '/' || kind || '/' || coalesce(bill_no, '') || ' escalated'
      from task where kind not like 'device%' and escalated_at is not null
    union all select customer_no, escalated_at, 'device task escalated' from task where kind like 'device%' and escalated_at is not null
    union all select customer_no, opened_at, 'device proposed' from device_case
    union all select customer_no, closed_at, 'device ' || stage from device_case where closed_at is not null
    union all select customer_no, opened_at, 'month ' || period || ' opened at level ' || level from cycle
    union all select customer_no, closed_at, 'month ' || period || ' ' || outcome from cycle where outcome is not null)
  select customer_no as "customerNo", instant_text(at) as at, what from line order by 1, 2, 3`;
