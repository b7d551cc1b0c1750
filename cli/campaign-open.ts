import { stations } from '../db/campaigns';
import { clockOffset, setClock } from '../db/clock';
import { dateOf, instantOf, periodOf, type Period } from '../domain/time';
import { campaignId } from '../domain/run-ids';
import type { RunCampaignInput } from '../workflows/contract';
import { asOfOption, countOption, optional, periodOption } from './arguments';
import type { Cli } from './cli';
import { Exit, EXIT } from './exit';
import { withSession, type Session } from './session';

export type OpenOptions = Readonly<{
  period?: string;
  asOf?: string;
  station?: string;
  limit?: string;
  dryRun?: boolean;
  json?: boolean;
}>;

export const openCampaign = (cli: Cli, options: OpenOptions): Promise<void> =>
  withSession(cli, (session) => open(session, cli, options));

async function open(session: Session, cli: Cli, options: OpenOptions): Promise<void> {
  const { db } = session;
  const config = await cli.config();
  const asOf = optional(cli, options.asOf, asOfOption) ?? null;
  if (asOf !== null && config.DELIVERY === 'live') {
    throw new Exit(EXIT.refused, cli.t('campaign.open.live'));
  }
  const offsetMs = asOf === null ? await clockOffset(db) : Date.parse(asOf) - Date.now();
  const today = dateOf(instantOf(Date.now() + offsetMs));
  const period = optional(cli, options.period, periodOption) ?? periodOf(today);
  const limit = optional(cli, options.limit, countOption);
  const chosen = await chosenStations(session, cli, options.station);
  if (options.dryRun !== true) {
    // The clock is moved only when there is an engine that can use it.
    await session.temporal();
    if (asOf !== null) await setClock(db, asOf, 'cli');
    for (const station of chosen)
      await start(session, {
        ...{ station, period, openedBy: 'cli', offsetMs },
        ...(limit === undefined ? {} : { limit }),
      });
  }
  report(cli, chosen, period, options);
}

async function chosenStations(
  { db }: Session,
  { t }: Cli,
  wanted: string | undefined,
): Promise<string[]> {
  const all = await stations(db);
  if (all.length === 0) throw new Exit(EXIT.refused, t('campaign.open.empty'));
  if (wanted === undefined) return all;
  if (!all.includes(wanted))
    throw new Exit(EXIT.refused, t('campaign.open.station', { wanted, all: all.join(', ') }));
  return [wanted];
}

/** Idempotent: a campaign that was opened before, running or through, stays as it is. */
async function start(
  { temporal, taskQueue }: Session,
  input: RunCampaignInput & { period: Period },
): Promise<void> {
  const { WorkflowExecutionAlreadyStartedError } = await import('@temporalio/client');
  const client = await temporal();
  try {
    await client.workflow.start('runCampaign', {
      taskQueue,
      workflowId: campaignId(input.station, input.period),
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      args: [input],
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

function report(
  { t, screen }: Cli,
  chosen: readonly string[],
  period: Period,
  { json, dryRun = false }: OpenOptions,
): void {
  if (json === true) screen.json({ period, stations: chosen, dryRun });
  else
    screen.line(
      t(dryRun ? 'campaign.open.would' : 'campaign.open.done', {
        period,
        stations: chosen.join(', '),
      }),
    );
}
