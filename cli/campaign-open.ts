import type { Config } from '../config';
import { stations } from '../db/campaigns';
import { clockOffset, setClock } from '../db/clock';
import { dateOf, instantOf, periodOf, type Period } from '../domain/time';
import { campaignId, type RunCampaignInput } from '../workflows/contract';
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
  { json }: OpenOptions,
  verb: string,
): void {
  if (json === true) printJson({ period, stations: chosen });
  else print(`${verb} ${period} for ${chosen.join(', ')}. See: npx tarim campaign status`);
}
