import type { DeviceFacts, DeviceStage, DeviceTask } from '../domain/device';
import { deviceId } from '../domain/run-ids';
import type { CivilDate, Instant } from '../domain/time';
import type { Sql } from './client';

/** Bill day's starts come first: the run that watches over a proposal may begin a little later; its first task is there at once. */
const WATCH_AFTER = '2 minutes';

/** Opens a proposal with its first task, and asks for its run, in the caller's transaction. Safe to repeat: one open case a customer. */
export async function openDeviceCase(
  tx: Sql,
  {
    customerNo,
    why,
    at,
    dueAt,
    offsetMs,
  }: Readonly<{ customerNo: string; why: string; at: Instant; dueAt: Instant; offsetMs: number }>,
): Promise<void> {
  await tx.$executeRaw`
    with opened as (
      insert into device_case (customer_no, stage, why, opened_at, stage_at, offset_ms)
      values (${customerNo}, 'proposed', ${why}, ${at}::timestamptz, ${at}::timestamptz, ${offsetMs}::bigint) on conflict do nothing returning id),
    given as (
      insert into task (customer_no, station, step_key, kind, assignee, why, opened_at, due_at)
      select ${customerNo}, c.station, 'device/' || opened.id || '/proposed', 'deviceContact',
        coalesce(c.collector, 'collector:' || c.station), 'proposed', ${at}::timestamptz, ${dueAt}::timestamptz
      from opened, customer c where c.customer_no = ${customerNo})
    insert into nudge (workflow_id, signal, body, not_before)
    select ${deviceId(customerNo)}, 'changed', jsonb_build_object('offsetMs', ${offsetMs}::bigint), clock_timestamp() + ${WATCH_AFTER}::interval
    from opened`;
}

export type DeviceCase = Readonly<{
  id: string;
  stage: DeviceStage;
  task: DeviceFacts['task'];
  letter: DeviceFacts['letter'];
  stageAt: Instant;
  station: string;
  collector: string | null;
}>;

/** The customer's open case with the task of its stage, or else the last one closed; null when there never was one. */
export async function loadDeviceCase(sql: Sql, customerNo: string): Promise<DeviceCase | null> {
  const [row] = await sql.$queryRaw<DeviceCase[]>`
    select dc.id::text, dc.stage, instant_text(dc.stage_at) as "stageAt", c.station, c.collector,
      (select jsonb_build_object('id', t.id, 'dueAt', instant_text(t.due_at), 'escalated', t.escalated_at is not null, 'outcome', t.outcome)
        from task t where t.customer_no = dc.customer_no and t.step_key = 'device/' || dc.id || '/' || dc.stage) as task,
      (select jsonb_build_object('messageId', m.id, 'status', m.status, 'retryAt', instant_text(m.retry_at))
        from message m where m.purpose = 'marketing' and m.step_key = 'offer/' || dc.id and m.status in ('sending', 'waiting')) as letter
    from device_case dc join customer c using (customer_no)
    where dc.customer_no = ${customerNo} order by dc.closed_at is null desc, dc.opened_at desc limit 1`;
  return row ?? null;
}

/** Wakes the run of an open case, or starts it. */
export async function nudgeDevice(tx: Sql, customerNo: string): Promise<void> {
  await tx.$executeRaw`
    insert into nudge (workflow_id, signal, body)
    select ${deviceId(customerNo)}, 'changed', jsonb_build_object('offsetMs', offset_ms)
    from device_case where customer_no = ${customerNo} and closed_at is null`;
}

/** Gives out the task of the case's stage. Safe to repeat. */
export async function giveDeviceTask(
  tx: Sql,
  deviceCase: DeviceCase,
  {
    customerNo,
    kind,
    at,
    dueAt,
  }: Readonly<{ customerNo: string; kind: DeviceTask; at: Instant; dueAt: Instant }>,
): Promise<void> {
  const { id, stage, station, collector } = deviceCase;
  await tx.$executeRaw`
    insert into task (customer_no, station, step_key, kind, assignee, why, opened_at, due_at)
    values (${customerNo}, ${station}, ${`device/${id}/${stage}`}, ${kind}, ${collector ?? `collector:${station}`}, ${stage},
      ${at}::timestamptz, ${dueAt}::timestamptz) on conflict do nothing`;
}

/** Moves the case on; `refused` rests until a day, and the last stages close it. Safe to repeat: only from the stage that was seen. */
export async function advanceDeviceCase(
  tx: Sql,
  { id, stage }: DeviceCase,
  {
    to,
    at,
    restUntil,
    reason,
  }: Readonly<{ to: DeviceStage; at: Instant; restUntil: CivilDate | null; reason: string }>,
): Promise<void> {
  const closes = to === 'switched' || to === 'refused' || to === 'withdrawn';
  await tx.$executeRaw`
    with moved as (
      update device_case set stage = ${to}, stage_at = ${at}::timestamptz, reason = ${reason}, rest_until = ${restUntil}::date,
        closed_at = case when ${closes} then ${at}::timestamptz end
      where id = ${id}::uuid and stage = ${stage} and closed_at is null returning customer_no),
    unneeded as (
      update task set outcome = 'notNeeded', done_at = ${at}::timestamptz, done_by = 'policy'
      where outcome is null and step_key like ${`device/${id}/%`} and ${closes}),
    unsent as (
      update message set status = 'dropped', detail = 'notOffered', retry_at = null, settled_at = ${at}::timestamptz
      where purpose = 'marketing' and step_key = ${`offer/${id}`} and status = 'waiting' and ${closes})
    update customer set prepaid_since = (${at}::timestamptz at time zone 'Asia/Shanghai')::date
    from moved where customer.customer_no = moved.customer_no and ${to} = 'switched'`;
}
