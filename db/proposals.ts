import type { DeviceStage } from '../domain/device';
import type { CivilDate, Instant } from '../domain/time';
import type { Db, Sql } from './client';
import { applied, command, refused, type CommandResult, type Order } from './commands';
import { advanceDeviceCase, loadDeviceCase, nudgeDevice } from './devices';
import { Prisma } from './generated/client';
import type { RuleBook } from './rules';
import { finishTask } from './task-outcomes';

export type ProposalRow = Readonly<{
  id: string;
  customerNo: string;
  customerName: string;
  station: string;
  stage: DeviceStage;
  why: string;
  openedAt: Instant;
  stageAt: Instant;
  closedAt: Instant | null;
  reason: string;
  restUntil: CivilDate | null;
  /** The open task of the stage; null when it was done, or is not given out yet. */
  task: Readonly<{
    id: string;
    kind: string;
    assignee: string;
    dueAt: Instant;
    escalated: boolean;
  }> | null;
}>;

export const PROPOSAL_STATES = ['open', 'closed', 'all'] as const;

/** Proposals of the prepaid device, the latest first. Reads only. */
export const listProposals = (
  sql: Sql,
  {
    stations,
    station,
    stage,
    state,
    customerNo,
    after,
    limit,
  }: Readonly<{
    /** Null: all. */
    stations: readonly string[] | null;
    station: string | null;
    stage: DeviceStage | null;
    state: (typeof PROPOSAL_STATES)[number];
    customerNo: string | null;
    /** Key of the last row seen: when it was opened, and its id. */
    after: readonly [string, string] | null;
    limit: number;
  }>,
): Promise<ProposalRow[]> =>
  sql.$queryRaw`
    select ${columns} from device_case dc join customer c using (customer_no)
    where (${stations === null} or c.station = any(${[...(stations ?? [])]})) and (${station}::text is null or c.station = ${station})
      and (${stage}::text is null or stage = ${stage}) and (${customerNo}::text is null or customer_no = ${customerNo})
      and (${state} = 'all' or (closed_at is null) = (${state} = 'open'))
      and (${after?.[0] ?? null}::timestamptz is null
        or (opened_at, dc.id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid))
    order by opened_at desc, dc.id desc limit ${limit}`;

/** One proposal; null when there is none. Reads only. */
export async function proposalOf(sql: Sql, id: string): Promise<ProposalRow | null> {
  const [row] = await sql.$queryRaw<ProposalRow[]>`
    select ${columns} from device_case dc join customer c using (customer_no) where id = ${id}::uuid`;
  return row ?? null;
}

const columns = Prisma.sql`dc.id::text, customer_no as "customerNo", c.name as "customerName", c.station, stage, why,
  instant_text(opened_at) as "openedAt", instant_text(stage_at) as "stageAt", instant_text(closed_at) as "closedAt", reason, rest_until::text as "restUntil",
  (select jsonb_build_object('id', t.id, 'kind', t.kind, 'assignee', t.assignee, 'dueAt', instant_text(t.due_at),
      'escalated', t.escalated_at is not null)
    from task t where t.customer_no = dc.customer_no and t.outcome is null and t.step_key = 'device/' || dc.id || '/' || dc.stage) as task`;

export type ProposalTask = Readonly<{
  id: string;
  stage: DeviceStage;
  kind: string;
  assignee: string;
  openedAt: Instant;
  dueAt: Instant;
  outcome: string | null;
  note: string;
  doneAt: Instant | null;
  doneBy: string | null;
}>;

/** What people did for a proposal, and what became of it, oldest first. Reads only. */
export const proposalHistory = (
  sql: Sql,
  { id, customerNo }: Pick<ProposalRow, 'id' | 'customerNo'>,
): Promise<ProposalTask[]> =>
  sql.$queryRaw`
    select id::text, split_part(step_key, '/', 3) as stage, kind, assignee, instant_text(opened_at) as "openedAt",
      instant_text(due_at) as "dueAt", outcome, note, instant_text(done_at) as "doneAt", done_by as "doneBy"
    from task where customer_no = ${customerNo} and step_key like ${`device/${id}/%`} order by opened_at, id`;

/**
 * Records a person's outcome at a stage; the proposal's run leads it on. Naming the stage keeps a second press of the button from
 * deciding the next one. Idempotent by the order's id.
 */
export async function decideProposal(
  db: Db,
  book: RuleBook,
  order: Order,
  {
    proposal: { id, customerNo, stage: now },
    stage,
    outcome,
  }: Readonly<{
    proposal: Pick<ProposalRow, 'id' | 'customerNo' | 'stage'>;
    stage: DeviceStage;
    outcome: string;
  }>,
): Promise<CommandResult> {
  const [task] = await db.$queryRaw<{ id: string }[]>`
    select id::text from task where customer_no = ${customerNo} and step_key = ${`device/${id}/${stage}`}`;
  if (task === undefined)
    return refused(
      now === stage
        ? `The task of stage ${stage} is not given out yet. Try again in a moment.`
        : `The proposal is at stage ${now}; nothing was given out at ${stage}.`,
    );
  const note = order.reason;
  return finishTask(db, book, order, { taskId: task.id, outcome, note, promisedOn: null });
}

/**
 * Takes a proposal back before the switch. The customer rests from proposals until the day, as after a refusal: else the same record
 * would call for the next one at once. Idempotent by the order's id; refused when it has ended.
 */
export const withdrawProposal = (
  db: Db,
  order: Order,
  {
    proposal: { id, customerNo },
    restUntil,
  }: Readonly<{ proposal: Pick<ProposalRow, 'id' | 'customerNo'>; restUntil: CivilDate }>,
): Promise<CommandResult> => {
  const entry = { kind: 'withdrawProposal', customerNo, body: { id, restUntil } };
  return command(db, order, entry, async (tx) => {
    const found = await loadDeviceCase(tx, customerNo);
    if (found?.id !== id || found.stage === 'withdrawn' || found.stage === 'refused')
      return refused('The proposal has ended already.');
    if (found.stage === 'switched') return refused('The customer is on prepayment already.');
    // Its run, while the case is still open: it finds the end and ends too.
    await nudgeDevice(tx, customerNo);
    const at = order.at > found.stageAt ? order.at : found.stageAt;
    await advanceDeviceCase(tx, found, { to: 'withdrawn', at, restUntil, reason: order.reason });
    return applied;
  });
};
