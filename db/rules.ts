import { calendarOf, type CalendarRow } from '../domain/calendar';
import type { GradingPolicy } from '../domain/grading';
import type { Rules } from '../domain/plan';
import type { LadderPolicy } from '../domain/policy';
import type { CivilDate } from '../domain/time';
import type { Sql } from './client';

export type Template = Readonly<{
  key: string;
  channel: 'sms' | 'email';
  language: 'zh-CN' | 'en';
  version: number;
  subject: string;
  body: string;
  html: string;
}>;

/** The rules as rows: read once, kept for a while, because a policy's version never changes under its id. */
export type RuleBook = Readonly<{
  /** @throws when no such version is on file. */
  rules: (policyId: string) => Promise<Rules>;
  /** The grading policy in force on the day. */
  grading: (on: CivilDate) => Promise<GradingPolicy>;
  /** The id of the ladder policy in force on the day. */
  ladderInForce: (on: CivilDate) => Promise<string>;
  /** The newest version of each template. */
  template: (
    key: string,
    channel: Template['channel'],
    language: Template['language'],
  ) => Promise<Template>;
}>;

/** Staff may add a holiday or a template at any time; within this time every worker has it. */
const KEEP_MS = 60_000;

/** A book over one database. Repeated reads cost nothing for a minute. */
export function openRuleBook(sql: Sql): RuleBook {
  const calendar = kept(async () => calendarOf(await daysOff(sql)));
  const policies = kept(
    () => sql.$queryRaw<PolicyRow[]>`
    select id, kind, body, effective_from::text as "effectiveFrom", activated_at is not null as active
    from policy order by effective_from, created_at`,
  );
  const templates = kept(
    () => sql.$queryRaw<Template[]>`
    select distinct on (key, channel, language) key, channel, language, version, subject, body, html
    from template order by key, channel, language, version desc`,
  );

  const inForce = async (kind: PolicyRow['kind'], on: CivilDate): Promise<PolicyRow> => {
    const found = (await policies()).findLast(
      (row) => row.active && row.kind === kind && row.effectiveFrom <= on,
    );
    return found ?? missing(`${kind} policy in force on ${on}`);
  };

  return {
    async rules(policyId) {
      const of = (rows: readonly PolicyRow[]) => rows.find(({ id }) => id === policyId);
      // A month may be moved to a version that was put on file a moment ago.
      const row = of(await policies()) ?? of(await policies({ again: true }));
      if (row?.kind !== 'ladder') return missing(`ladder policy ${policyId}`);
      return {
        policy: { ...(row.body as Omit<LadderPolicy, 'id'>), id: row.id },
        calendar: await calendar(),
      };
    },
    async grading(on) {
      const row = await inForce('grading', on);
      return { ...(row.body as Omit<GradingPolicy, 'id'>), id: row.id };
    },
    ladderInForce: async (on) => (await inForce('ladder', on)).id,
    async template(key, channel, language) {
      const found = (await templates()).find(
        (row) => row.key === key && row.channel === channel && row.language === language,
      );
      return found ?? missing(`template ${key} for ${channel} in ${language}`);
    },
  };
}

/** The days off and the working days in their stead, as staff keep them. Reads only. */
export const daysOff = (sql: Sql): Promise<CalendarRow[]> =>
  sql.$queryRaw`select day::text as date, kind, name from holiday where region = 'CN' order by day`;

type PolicyRow = Readonly<{
  id: string;
  kind: 'ladder' | 'grading';
  body: unknown;
  effectiveFrom: string;
  /** A draft is on file and in force on no day. */
  active: boolean;
}>;

/** A rule that is asked for and not on file, such as the policy of a day before the first one. */
export class MissingRule extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MissingRule';
  }
}

function missing(what: string): never {
  throw new MissingRule(`No ${what}. Add it, or run: npx tarim db migrate`);
}

/** Concurrent callers share one read; a read that failed is not kept. */
function kept<T>(read: () => Promise<T>): (how?: { again: boolean }) => Promise<T> {
  let held: { value: Promise<T>; at: number } | null = null;
  return ({ again } = { again: false }) => {
    if (again || held === null || Date.now() - held.at > KEEP_MS) {
      const value = read();
      held = { value, at: Date.now() };
      value.catch(() => (held = null));
    }
    return held.value;
  };
}
