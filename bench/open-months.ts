import { MockActivityEnvironment } from '@temporalio/testing';
import { createCampaignActivities } from '../activities/campaign';
import { createMonthActivities } from '../activities/month';
import { loadConfig } from '../config';
import { stations } from '../db/campaigns';
import type { Db } from '../db/client';
import { setClock } from '../db/clock';
import type { RuleBook } from '../db/rules';
import type { Instant, Period } from '../domain/time';
import { providersOf } from '../worker/providers';
import type { Page, PageResult } from '../workflows/contract';

const PAGE = 250;
const TURNS_IN_FLIGHT = 8;

/**
 * The book as it is in the middle of a month: every station's campaign is open as of one instant, and each customer's first turn is taken
 * with captured messages. By the activities themselves, without their workflows, which these figures do not need. @returns months opened.
 */
export async function openMonths(
  db: Db,
  book: RuleBook,
  { period, asOf }: Readonly<{ period: Period; asOf: Instant }>,
): Promise<number> {
  await setClock(db, asOf, 'bench');
  const deps = { db, book, ...providersOf(loadConfig({ DELIVERY: 'capture' })) };
  const customers: string[] = [];
  const campaign = createCampaignActivities(deps, (start) => {
    customers.push(start.customerNo);
    return Promise.resolve();
  });
  const activity = new MockActivityEnvironment();
  for (const station of await stations(db)) {
    const page = { station, period, asOf, offsetMs: 0, openedBy: 'bench', size: PAGE };
    for (let after: string | null = ''; after !== null;) {
      const { last }: PageResult = await activity.run((one: Page) => campaign.openPage(one), {
        ...page,
        after,
      });
      after = last;
    }
  }
  const month = createMonthActivities(deps);
  const opened = customers.length;
  const lane = async (): Promise<void> => {
    for (let no = customers.pop(); no !== undefined; no = customers.pop())
      await activity.run(month.takeTurn, { customerNo: no, period, asOf, offsetMs: 0 });
  };
  await Promise.all(Array.from({ length: TURNS_IN_FLIGHT }, lane));
  return opened;
}
