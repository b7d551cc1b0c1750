import { MockActivityEnvironment } from '@temporalio/testing';
import { createCampaignActivities } from '../../activities/campaign';
import { createMonthActivities } from '../../activities/month';
import { readBalances } from '../../db/balances';
import { openDb, type Db, type Sql } from '../../db/client';
import { openRuleBook } from '../../db/rules';
import type { Plan } from '../../domain/plan';
import { plusMs, type Instant, type Period } from '../../domain/time';
import { capturingMailer, capturingSms } from '../../providers/capture';
import type { CollectMonthInput, Page, PageResult } from '../../workflows/contract';
import { freshDatabase } from './database';
import { checkLaws, type Verdicts } from './laws';

/** A month on a database alone: the activities are called by hand, at the instants that they name. */
export type ByHand = Readonly<{
  db: Db;
  /** Opens the month of a station's customers, page by page, a minute after each other; `between` comes before each page but the first. */
  opens: (
    station: string,
    period: Period,
    asOf: Instant,
    between?: (asOf: Instant) => Promise<unknown>,
  ) => Promise<void>;
  /** Takes every step that is due until then, of every open month. */
  until: (to: Instant) => Promise<void>;
  /** Has every open month looked at again, as after a nudge. */
  look: (asOf: Instant) => Promise<void>;
  laws: (sql?: Sql) => Promise<Verdicts>;
  close: () => Promise<void>;
}>;

const PAGE_SIZE = 10;

export async function startByHand(): Promise<ByHand> {
  const database = await freshDatabase();
  const db = openDb(database.url, 5);
  const [sms, mailer] = [capturingSms(), capturingMailer()];
  const deps = { db, book: openRuleBook(db), sms, mailer };
  const month = createMonthActivities(deps);
  const runs = new Map<string, { input: CollectMonthInput; plan: Plan }>();
  const campaign = createCampaignActivities(deps, (input) => {
    runs.set(input.customerNo, { input, plan: input.next });
    return Promise.resolve();
  });
  const turn = ({ customerNo, period }: CollectMonthInput, asOf: Instant) =>
    ({ customerNo, period, asOf, offsetMs: 0 }) as const;
  return {
    db,
    async opens(station, period, openedAt, between) {
      const campaigned = { station, period, offsetMs: 0, openedBy: 'test', size: PAGE_SIZE };
      for (let after: string | null = '', asOf = openedAt; after !== null;) {
        const page: Page = { ...campaigned, asOf, after };
        const opened = await new MockActivityEnvironment().run(() => campaign.openPage(page));
        after = (opened as PageResult).last;
        asOf = plusMs(asOf, 60_000);
        if (after !== null) await between?.(asOf);
      }
      await campaign.finishCampaign({ station, period });
    },
    async until(to) {
      for (const run of runs.values())
        while (run.plan.do !== 'close' && run.plan.at !== null && run.plan.at <= to)
          run.plan = await month.takeTurn(turn(run.input, run.plan.at));
    },
    async look(asOf) {
      for (const run of runs.values())
        if (run.plan.do !== 'close')
          run.plan = await month.look({ ...turn(run.input, asOf), commands: [] });
    },
    async laws(sql = db) {
      const balances = [];
      for await (const balance of readBalances(database.url, null)) balances.push(balance);
      const texts = sms.captured().map(({ to }) => ({ channel: 'sms' as const, address: to }));
      const letters = mailer
        .captured()
        .map(({ to }) => ({ channel: 'email' as const, address: to }));
      return checkLaws(sql, { taken: [...texts, ...letters], balances });
    },
    async close() {
      await db.$disconnect();
      await database.drop();
    },
  };
}
