import { MockActivityEnvironment } from '@temporalio/testing';
import { Client } from 'pg';
import { createCampaignActivities } from '../../activities/campaign';
import { openDb } from '../../db/client';
import { openRuleBook } from '../../db/rules';
import { toPeriod } from '../../domain/time';
import { capturingMailer, capturingSms } from '../../providers/capture';
import type { PageResult } from '../../workflows/contract';
import { crowd } from '../support/crowd';
import { freshDatabase } from '../support/database';
import { at } from '../support/scenario';
import { until } from '../support/until';

test('a payment under way when the month is opened is waited for: nobody would nudge its cycle', async () => {
  const database = await freshDatabase();
  const db = openDb(database.url, 5);
  const other = new Client({ connectionString: database.url });
  await other.connect();
  const { customers } = await crowd(db, { station: 'PAGE', owing: 2 });
  const [payer] = customers;
  await other.query('begin');
  await other.query(
    `insert into payment (payment_ref, customer_no, given_customer_no, amount_fen, received_at, channel)
      values ('P', $1, $1, $2, '2026-07-01T00:00:00Z', 'counter')`,
    [payer?.customerNo, payer?.owedFen],
  );

  const deps = { db, book: openRuleBook(db), sms: capturingSms(), mailer: capturingMailer() };
  const activities = createCampaignActivities(deps, () => Promise.resolve());
  let page: PageResult | undefined;
  const opening = new MockActivityEnvironment()
    .run(() =>
      activities.openPage({
        station: 'PAGE',
        period: toPeriod('2026-07'),
        asOf: at('2026-07-01', 10),
        offsetMs: 0,
        openedBy: 'test',
        after: '',
        size: 250,
      }),
    )
    .then((result) => (page = result as PageResult));
  await until('the page waits, or is through', async () => {
    const { rowCount } = await other.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return page !== undefined || (rowCount ?? 0) > 0;
  });
  await other.query('commit');
  expect(await opening).toMatchObject({ seen: 2, opened: 1 });

  await other.end();
  await db.$disconnect();
  await database.drop();
});
