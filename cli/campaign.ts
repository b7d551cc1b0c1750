import type { Command } from 'commander';
import { loadConfig } from '../config';
import { setClock, clockOffset } from '../db/clock';
import { stations } from '../db/campaigns';
import { campaignStatus, type CampaignStatus } from '../db/campaign-status';
import { dateOf, instantOf, periodOf, type Period } from '../domain/time';
import { yuanForPeople, toFen } from '../domain/fen';
import { campaignId, scheduleId, TASK_QUEUE, type RunCampaignInput } from '../workflows/contract';
import { Exit, EXIT } from './exit';
import { asOfOption, periodOption, print, printJson, printTable } from './output';
import { withSession, type Session } from './session';

type Open = {
  period?: string;
  asOf?: string;
  station?: string;
  limit?: string;
  dryRun?: boolean;
  json?: boolean;
};

export function register(program: Command): void {
  const campaign = program
    .command('campaign')
    .description("open a month's collection, and see how it stands");
  campaign
    .command('open')
    .description('open the month of every customer; a repeat opens nothing twice')
    .option('--period <yyyy-mm>', "the bills' month; that of the day when absent")
    .option(
      '--as-of <day>',
      "the day on which it is opened; moves the station's clock (not with live delivery)",
    )
    .option('--station <code>', 'one station only')
    .option('--limit <n>', 'at most so many customers of each station')
    .option('--dry-run', 'say what would be opened')
    .option('--json', 'for programs')
    .action((options: Open) => withSession((session) => open(session, options)));
  campaign
    .command('status')
    .description('customers by level, messages by step and channel, tasks, recovery rate')
    .option('--period <yyyy-mm>', 'the latest opened when absent')
    .option('--json', 'for programs')
    .action((options: { period?: string; json?: boolean }) =>
      withSession(({ db }) => status(db, options)),
    );
  campaign
    .command('schedule')
    .description('open each month by itself: one Temporal Schedule for each station')
    .option('--day <n>', 'day of the month', '1')
    .option('--hour <n>', 'hour in Asia/Shanghai', '9')
    .option('--remove', 'no longer')
    .action((options: { day: string; hour: string; remove?: boolean }) =>
      withSession((session) => schedule(session, options)),
    );
}

async function open(session: Session, options: Open): Promise<void> {
  const { db } = session;
  const asOf = options.asOf === undefined ? null : asOfOption(options.asOf);
  if (asOf !== null && loadConfig(process.env).DELIVERY === 'live') {
    throw new Exit(
      EXIT.refused,
      '--as-of moves the clock of the station, so it is refused while DELIVERY=live.',
    );
  }
  const offsetMs = asOf === null ? await clockOffset(db) : Date.parse(asOf) - Date.now();
  const period =
    options.period === undefined
      ? periodOf(dateOf(instantOf(Date.now() + offsetMs)))
      : periodOption(options.period);
  const all = await stations(db);
  const chosen =
    options.station === undefined ? all : all.filter((code) => code === options.station);
  if (chosen.length === 0)
    throw new Exit(
      EXIT.refused,
      options.station === undefined
        ? 'There are no customers. Import some first: npx tarim import customers FILE'
        : `There is no station ${options.station}.`,
    );
  if (options.dryRun === true) return report(chosen, period, options, 'Would open');
  if (asOf !== null) await setClock(db, asOf, 'cli');
  const limit = options.limit === undefined ? {} : { limit: Number(options.limit) };
  for (const station of chosen)
    await start(session, { station, period, openedBy: 'cli', offsetMs, ...limit });
  report(chosen, period, options, 'Opening');
}

/** Idempotent: a campaign that was opened before, running or through, stays as it is. */
async function start(
  { temporal }: Session,
  input: RunCampaignInput & { period: Period },
): Promise<void> {
  const { WorkflowExecutionAlreadyStartedError } = await import('@temporalio/client');
  const client = await temporal();
  try {
    await client.workflow.start('runCampaign', {
      taskQueue: TASK_QUEUE,
      workflowId: campaignId(input.station, input.period),
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      args: [input],
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

function report(chosen: readonly string[], period: Period, { json }: Open, verb: string): void {
  if (json === true) printJson({ period, stations: chosen });
  else print(`${verb} ${period} for ${chosen.join(', ')}. See: npx tarim campaign status`);
}

async function status(
  db: Session['db'],
  { period, json }: { period?: string; json?: boolean },
): Promise<void> {
  const found = await campaignStatus(db, period === undefined ? null : periodOption(period));
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

async function schedule(
  { db, temporal }: Session,
  { day, hour, remove }: { day: string; hour: string; remove?: boolean },
): Promise<void> {
  const { ScheduleAlreadyRunning } = await import('@temporalio/client');
  const client = await temporal();
  const calendar = { dayOfMonth: Number(day), hour: Number(hour), minute: 0 };
  for (const station of await stations(db)) {
    const handle = client.schedule.getHandle(scheduleId(station));
    if (remove === true) {
      await handle.delete().catch(() => undefined);
      continue;
    }
    const args: [RunCampaignInput] = [{ station, openedBy: 'schedule', offsetMs: 0 }];
    const spec = { calendars: [calendar], timezone: 'Asia/Shanghai' };
    const action = {
      type: 'startWorkflow',
      workflowType: 'runCampaign',
      workflowId: scheduleId(station),
      taskQueue: TASK_QUEUE,
      args,
    } as const;
    await client.schedule
      .create({ scheduleId: scheduleId(station), spec, action })
      .catch((error: unknown) => {
        if (!(error instanceof ScheduleAlreadyRunning)) throw error;
        return handle.update((previous) => ({ ...previous, spec, action }));
      });
  }
  print(
    remove === true
      ? 'The months open by hand from now on.'
      : `Each month opens on day ${day} at ${hour}:00, Asia/Shanghai.`,
  );
}
