import type { Config } from '../config';
import { stations } from '../db/campaigns';
import { clockOffset, setClock } from '../db/clock';
import { dateOf, instantOf, periodOf, type Period } from '../domain/time';
import { campaignId } from '../domain/run-ids';
import type { RunCampaignInput } from '../workflows/contract';
import { Exit, EXIT } from './exit';
import { asOfOption, periodOption, print, printJson } from './output';
import { withSession, type Session } from './session';

export type OpenOptions = Readonly<{
  period?: string;
  asOf?: string;
  station?: string;
  limit?: string;
  dryRun?: boolean;
  json?: boolean;
}>;

export const openCampaign = (config: Config, options: OpenOptions): Promise<void> =>
  withSession(config, (session) => open(session, config, options));

async function open(session: Session, config: Config, options: OpenOptions): Promise<void> {
  const { db } = session;
  const asOf = options.asOf === undefined ? null : asOfOption(options.asOf);
  if (asOf !== null && config.DELIVERY === 'live') {
    throw new Exit(
      EXIT.refused,
      '--as-of moves the clock of the station, so it is refused while DELIVERY=live.',
    );
  }
  const offsetMs = asOf === null ? await clockOffset(db) : Date.parse(asOf) - Date.now();
  const today = dateOf(instantOf(Date.now() + offsetMs));
  const period = options.period === undefined ? periodOf(today) : periodOption(options.period);
  const limit = limitOf(options);
  const chosen = await chosenStations(session, options.station);
  if (options.dryRun !== true) {
    // The clock is moved only when there is an engine that can use it.
    await session.temporal();
    if (asOf !== null) await setClock(db, asOf, 'cli');
    for (const station of chosen)
      await start(session, { station, period, openedBy: 'cli', offsetMs, ...limit });
  }
  report(chosen, period, options);
}

/** @throws Exit 2 unless it is a number of customers. */
function limitOf({ limit }: OpenOptions): { limit?: number } {
  if (limit === undefined) return {};
  const customers = Number(limit);
  if (!Number.isSafeInteger(customers) || customers < 1)
    throw new Exit(EXIT.usage, `${limit} is not a number of customers.`);
  return { limit: customers };
}

async function chosenStations({ db }: Session, wanted: string | undefined): Promise<string[]> {
  const all = await stations(db);
  if (all.length === 0)
    throw new Exit(
      EXIT.refused,
      'There are no customers. Import some first: npx tarim import customers FILE',
    );
  if (wanted === undefined) return all;
  if (!all.includes(wanted))
    throw new Exit(EXIT.refused, `There is no station ${wanted}: there are ${all.join(', ')}.`);
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
  chosen: readonly string[],
  period: Period,
  { json, dryRun = false }: OpenOptions,
): void {
  if (json === true) printJson({ period, stations: chosen, dryRun });
  else
    print(
      `${dryRun ? 'Would open' : 'Opening'} ${period} for ${chosen.join(', ')}. See: npx tarim campaign status`,
    );
}
