import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { setClock } from '../../db/clock';
import { campaignId, cycleId } from '../../domain/run-ids';
import { instantOf, toPeriod, type Instant } from '../../domain/time';
import type { RunCampaignInput } from '../../workflows/contract';
import type { Crowd } from '../support/crowd';
import { giveUpSooner } from '../support/dead-worker';
import { forwardTo } from '../../simulation/rehearsal/time-skipping';
import type { Stack } from './stack';

const PERIOD = toPeriod('2026-07');
const LANES = 40;
const GIVE_UP_MS = 300_000;

export type Month = Readonly<{
  /** The station's time in the first phase, which passes as the machine's does. */
  now: () => Instant;
  /** Opens the campaign of each crowd and waits until it has seen everybody. */
  open: () => Promise<void>;
  /** Moves every open cycle's clock to an instant of the station's; whoever pays on the way ends. */
  forward: (to: Instant) => Promise<void>;
  /** Does `work` while the station's clock, by which the API dates orders, stands at `at`; a worker refuses to start meanwhile. */
  at: (at: Instant, work: () => Promise<void>) => Promise<void>;
  /** Records a payment by the API, again and again until it is on the book. */
  pay: (customer: Crowd['customers'][number], receivedAt: Instant) => Promise<void>;
  /** Gives an order by the API, again and again with the same id until it has been given. */
  order: (url: string, body: object) => Promise<void>;
  /** Tells the server that a killed worker is dead, sooner than its time-outs would. */
  mourn: () => Promise<void>;
  /** Waits until no message, nudge or activity is under way. */
  settle: (at: Instant) => Promise<void>;
}>;

/** The month of two stations' customers on a stack that may break at any moment. `openedAt` is the station's time at the start. */
export function monthOf(stack: Stack, crowds: readonly Crowd[], openedAt: Instant): Month {
  const offsetMs = Date.parse(openedAt) - Date.now();
  const { db, connection, client, namespace } = stack;

  const openRuns = async (): Promise<string[]> => {
    const rows = await steadily(
      () =>
        db.$queryRaw<
          { customerNo: string }[]
        >`select customer_no as "customerNo" from cycle where outcome is null`,
    );
    return rows.map(({ customerNo }) => cycleId(customerNo, PERIOD));
  };
  const forwardRuns = (runs: readonly string[], toMs: number): Promise<void> =>
    inLanes(runs, (run) => steadily(() => forwardTo(connection, namespace, run, toMs)));

  const openOne = async (station: string): Promise<void> => {
    const input: RunCampaignInput = { station, period: PERIOD, openedBy: 'chaos', offsetMs };
    const workflowId = campaignId(station, PERIOD);
    const start = { taskQueue: 'tarim', workflowId, args: [input] };
    await steadily(() =>
      client.workflow.start('runCampaign', start).catch((error: unknown) => {
        if ((error as Error).name !== 'WorkflowExecutionAlreadyStartedError') throw error;
      }),
    );
    await steadily(() => client.workflow.getHandle(workflowId).result());
  };

  const post = async (url: string, body: object, key: string): Promise<void> => {
    await steadily(async () => {
      const answer = await fetch(`${stack.api.url}/api/v1${url}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${stack.api.token}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(10_000),
      });
      if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
    });
  };

  /** Messages without an end, by customer. */
  const unsettled = (): Promise<{ customerNo: string }[]> =>
    steadily(
      () => db.$queryRaw<{ customerNo: string }[]>`
        select distinct m.customer_no as "customerNo" from message m join cycle y using (customer_no, period)
        where m.status in ('sending', 'waiting') and y.outcome is null`,
    );
  /** Nudges that are due or were tried. A proposal's first word is put off for minutes on purpose. */
  const nudges = async (): Promise<number> => {
    const [row] = await db.$queryRaw<{ count: number }[]>`
      select count(*)::int as count from nudge where attempts > 0 or not_before <= clock_timestamp()`;
    return row?.count ?? 0;
  };

  return {
    now: () => instantOf(Date.now() + offsetMs),
    async open() {
      await Promise.all(crowds.map(({ station }) => openOne(station)));
    },
    forward: async (to) => forwardRuns(await openRuns(), Date.parse(to) - offsetMs),
    at: async (at, work) => {
      await steadily(() => setClock(db, at, 'chaos'));
      await work();
      await steadily(() => db.businessClock.deleteMany());
    },
    pay: ({ customerNo, owedFen }, receivedAt) =>
      post(
        '/payments',
        { customerNo, amountFen: owedFen, receivedAt, channel: 'counter' },
        `pays-${customerNo}`,
      ),
    order: (url, body) => post(url, body, randomUUID()),
    mourn: async () => {
      const campaigns = crowds.map(({ station }) => campaignId(station, PERIOD));
      const all = [...campaigns, ...(await openRuns())];
      await steadily(() => giveUpSooner({ connection, namespace }, all));
    },
    async settle(at) {
      await steadily(async () => {
        if ((await nudges()) > 0) throw new Error('nudges wait');
      });
      const runs = await openRuns();
      await giveUpSooner({ connection, namespace }, runs);
      await forwardRuns(runs, Date.parse(at) - offsetMs);
      // A text in doubt is looked up after a minute, one not taken tried again for some hours, by the run's own clock.
      let left = await unsettled();
      for (let minutes = 2; minutes <= 512 && left.length > 0; minutes *= 2) {
        const late = left.map(({ customerNo }) => cycleId(customerNo, PERIOD));
        await forwardRuns(late, Date.parse(at) - offsetMs + minutes * 60_000);
        left = await unsettled();
      }
      if (left.length > 0)
        throw new Error(`${left.length} customers have a message without an end`);
    },
  };
}

/** Tries until it works: what is asked for is sure to come back. */
async function steadily<T>(work: () => Promise<T>): Promise<T> {
  const limit = Date.now() + GIVE_UP_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > limit) throw error;
      await sleep(250);
    }
  }
}

async function inLanes(
  runs: readonly string[],
  work: (run: string) => Promise<unknown>,
): Promise<void> {
  const queue = [...runs];
  const lane = async (): Promise<void> => {
    for (let run = queue.shift(); run !== undefined; run = queue.shift()) await work(run);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
