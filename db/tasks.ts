import type { Instant } from '../domain/time';
import type { Sql } from './client';

/** Passes a stalled task to the station's supervisor. Safe to repeat. */
export async function escalateTask(tx: Sql, taskId: string, at: Instant): Promise<void> {
  await tx.$executeRaw`
    update task set escalated_at = ${at}::timestamptz, assignee = 'supervisor:' || station
    where id = ${taskId}::uuid and outcome is null and escalated_at is null`;
}
