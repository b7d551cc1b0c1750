import { Connection } from '@temporalio/client';
import { reachOf, type TemporalReach } from '../config/temporal';
import { dataConverterOf } from '../config/temporal-codec';
import { addressesOf } from '../engine/connect';
import { timeSkippingOf } from '../engine/features';
import { ensureNamespace } from '../engine/namespace';
import { REHEARSAL_NAMESPACE } from '../engine/temporal-config';
import { openingsOf } from '../simulation/openings';
import type { Rehearsed } from '../simulation/rehearsal/rehearse';
import { countOption, dayOption } from './arguments';
import type { Cli } from './cli';
import { Exit, EXIT } from './exit';
import { plainly } from './plainly';
import { wallClock } from './screen';
import { termOf } from './terms';

export type RehearseOptions = Readonly<{
  from: string;
  to: string;
  book?: string;
  fromDatabase?: boolean;
  customers: string;
  policy?: string;
  json?: boolean;
}>;

/** Differences that a person is shown; a program gets all of them. */
const SHOWN = 50;

/** Plays a slice of a book on the engine and tells whether that is what the simulation says. Ends with 3 when it is not. */
export async function rehearseBook(cli: Cli, options: RehearseOptions): Promise<void> {
  const { t, screen } = cli;
  const span = { from: dayOption(cli, options.from), to: dayOption(cli, options.to) };
  const customers = countOption(cli, options.customers);
  if (openingsOf(span).length === 0) throw new Exit(EXIT.usage, t('rehearse.noMonth', span));
  if ((options.book === undefined) === (options.fromDatabase !== true))
    throw new Exit(EXIT.usage, t('rehearse.one'));
  const config = await cli.config();
  const at = addressesOf(config);
  const reach = { address: at.temporalAddress, ...reachOf(config) };
  await mayRehearse(cli, reach);
  const [{ rehearse }, { databaseSource, folderSource }, { startRehearsalWorker }] =
    await Promise.all([
      import('../simulation/rehearsal/rehearse.js'),
      import('../simulation/rehearsal/source.js'),
      import('../worker/rehearsal.js'),
    ]);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => stop.abort(new Exit(EXIT.failure, signal)));
  const done = await plainly(cli, () =>
    rehearse({
      ...{ ...span, customers, namespace: REHEARSAL_NAMESPACE },
      databaseUrl: at.databaseUrl,
      temporal: { ...reach, dataConverter: dataConverterOf(config) },
      source:
        options.book === undefined ? databaseSource(at.databaseUrl) : folderSource(options.book),
      policyId: options.policy ?? null,
      startWorker: startRehearsalWorker,
      onBegin: (policyId) => screen.aside(t('rehearse.beginning', { ...span, policyId })),
      onProgress: screen.progress,
      signal: stop.signal,
    }),
  );
  if (done.customers === 0) throw new Exit(EXIT.refused, t('rehearse.nobody'));
  if (options.json === true) screen.json(done);
  else await tell(cli, done);
  if (done.differences.length > 0) cli.endWith(EXIT.partly);
}

/** @throws Exit 4 when the server lets nobody skip time. */
async function mayRehearse(
  { t }: Cli,
  reach: TemporalReach & Readonly<{ address: string }>,
): Promise<void> {
  const { address } = reach;
  const namespace = REHEARSAL_NAMESPACE;
  await ensureNamespace(reach, namespace, () => true);
  const connection = await Connection.connect(reach);
  try {
    if ((await timeSkippingOf(connection, namespace)) === 'on') return;
    throw new Exit(EXIT.refused, t('rehearse.noSkipping', { address, namespace }));
  } finally {
    await connection.close();
  }
}

async function tell(cli: Cli, { differences, ...done }: Rehearsed): Promise<void> {
  const { t, screen } = cli;
  if (differences.length === 0) {
    screen.line(t('rehearse.equal', done));
    return;
  }
  const who = new Set(differences.map(({ customerNo }) => customerNo)).size;
  screen.line(t('rehearse.differs', { ...done, count: differences.length, who }));
  await screen.table(
    (['head.customer', 'head.when', 'head.only', 'head.what'] as const).map((head) => ({
      head: t(head),
    })),
    differences
      .slice(0, SHOWN)
      .map(({ customerNo, at, only, what }) => [
        customerNo,
        wallClock(at),
        termOf(cli, only),
        what,
      ]),
  );
}
