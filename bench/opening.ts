import type { Client } from '@temporalio/client';
import type { Db } from '../db/client';
import type { Period } from '../domain/time';
import type { RunCampaignInput, RunCampaignResult } from '../workflows/contract';

/** Seldom enough that looking at many messages does not weigh on what is measured. */
const LOOK_MS = 500;

/** Opens months by the campaign's own workflow, some at a time and in the order of the book, and waits until the first messages of all are captured. */
export function opener(
  client: Client,
  db: Db,
  { period, offsetMs }: Readonly<{ period: Period; offsetMs: number }>,
) {
  let calls = 0;

  const after = async (station: string): Promise<string> => {
    const [row] = await db.$queryRaw<{ last: string | null }[]>`
      select max(customer_no) as last from cycle where station = ${station}`;
    return row?.last ?? '';
  };
  const stationOfMost = async (): Promise<string> => {
    const [row] = await db.$queryRaw<{ station: string }[]>`
      select station from customer c left join cycle using (customer_no, station) where cycle.customer_no is null
      group by station order by count(*) desc limit 1`;
    if (row === undefined) throw new Error('the book has no customer left');
    return row.station;
  };

  /** @returns how many were opened, of so many customers seen, and seconds for each. */
  return async (customers: number): Promise<Readonly<{ open: number; secondsEach: number }>> => {
    const [{ n: before } = { n: 0 }] = await db.$queryRaw<{ n: number }[]>`
      select count(*)::int as n from cycle`;
    const began = performance.now();
    for (let left = Math.round(customers); left > 0;) {
      const station = await stationOfMost();
      calls += 1;
      const { seen, opened } = await client.workflow.execute<
        (input: RunCampaignInput) => Promise<RunCampaignResult>
      >('runCampaign', {
        taskQueue: 'tarim',
        workflowId: `bench/${calls}`,
        args: [
          {
            station,
            period,
            openedBy: 'bench',
            offsetMs,
            limit: left,
            after: await after(station),
          },
        ],
      });
      if (opened === 0) throw new Error(`the book has nobody left whose month could be opened`);
      left -= seen;
    }
    const open = await untilCaptured(db);
    return { open, secondsEach: (performance.now() - began) / 1000 / (open - before) };
  };
}

/** Waits until the first messages of all months are captured. @returns how many months there are. */
export async function untilCaptured(db: Db): Promise<number> {
  for (;;) {
    const [row] = await db.$queryRaw<{ open: number; captured: number }[]>`
      select (select count(*)::int from cycle) as open,
        (select count(distinct customer_no)::int from message where status = 'accepted') as captured`;
    if (row !== undefined && row.open === row.captured) return row.open;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
