import type { CalendarRow } from '../domain/calendar';
import type { PolicyBody, PolicyKind } from '../domain/policy-check';
import { dateOf } from '../domain/time';
import { stationNow } from './clock';
import type { Sql } from './client';
import { inForceOf } from './policy-versions';
import { daysOff } from './rules';

/** All rules of a station as plain data. */
export type RulesOnFile = Readonly<{
  /** Every version, drafts too. */
  policies: readonly Readonly<{ id: string; kind: PolicyKind; body: PolicyBody }>[];
  holidays: readonly CalendarRow[];
  /** The ids of those in force today, by the station's clock; null when none is. */
  inForce: Readonly<Record<PolicyKind, string | null>>;
}>;

/** Reads only. */
export async function rulesOnFile(sql: Sql): Promise<RulesOnFile> {
  const today = dateOf(await stationNow(sql));
  return {
    policies: await sql.$queryRaw`select id, kind, body from policy order by id`,
    holidays: await daysOff(sql),
    inForce: {
      ladder: await inForceOf(sql, 'ladder', today),
      grading: await inForceOf(sql, 'grading', today),
    },
  };
}
