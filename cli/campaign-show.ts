import type { Config } from '../config';
import { campaignStatus, type CampaignStatus } from '../db/campaign-status';
import { toFen, yuanForPeople } from '../domain/fen';
import { Exit, EXIT } from './exit';
import { periodOption, print, printJson, printTable } from './output';
import { withSession } from './session';

export async function campaignShow(
  config: Config,
  { period, json }: { period?: string; json?: boolean },
): Promise<void> {
  const wanted = period === undefined ? null : periodOption(period);
  const found = await withSession(config, ({ db }) => campaignStatus(db, wanted));
  if (found === null)
    throw new Exit(EXIT.refused, 'No campaign was opened yet. Open one: npx tarim campaign open');
  if (json === true) printJson(found);
  else printStatus(found);
}

/** The month on one screen. */
export function printStatus(found: CampaignStatus): void {
  const { cycles, messages, tasks, recovery } = found;
  print(
    `Period ${found.period}: ${found.stationsThrough} of ${found.stations} stations opened, ${cycles.total} cycles (${cycles.open} open).`,
  );
  printTable(
    ['level', 'customers'],
    found.levels.map(({ label, customers }) => [label, customers]),
  );
  printTable(
    ['step', 'channel', 'status', 'messages'],
    messages.map((row) => [row.step, row.channel, row.status, row.count]),
  );
  printTable(
    ['task', 'open', 'done'],
    tasks.map((row) => [row.kind, row.open, row.done]),
  );
  const fen = (amount: number): string => `¥${yuanForPeople(toFen(amount))}`;
  print(
    `Billed ${fen(recovery.billedFen)}, received for it ${fen(recovery.receivedFen)}: recovery rate ${recovery.rate ?? '–'} %.`,
  );
}
