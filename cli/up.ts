import { join } from 'node:path';
import { reachOf } from '../config/temporal';
import { OPERATOR } from '../db/operator';
import type { Run } from '../engine/home';
import { supervise, type Addresses } from '../engine/supervise';
import { apiCommand, workerCommand } from '../engine/worker-command';
import type { Cli } from './cli';
import { Exit, EXIT } from './exit';

export type UpOptions = { detach?: boolean; sample?: boolean; worker: boolean };

/** Where the API is unless somebody else is there, or it was elsewhere before. */
const API_PORT = 7070;

const say = (line: string) => void process.stderr.write(`${line}\n`);

/** Starts everything and keeps it running until a signal comes; then ends it all. */
export async function up(cli: Cli, options: UpOptions): Promise<void> {
  const config = await cli.config();
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => stop.abort(new Exit(EXIT.done, `Stopped by ${signal}.`)));
  }
  const running = await supervise({
    home: config.TARIM_HOME,
    cache: config.TARIM_CACHE,
    namespace: config.TEMPORAL_NAMESPACE,
    databaseUrl: config.DATABASE_URL,
    temporalAddress: config.TEMPORAL_ADDRESS,
    reach: reachOf(config),
    migrate: async (databaseUrl) => (await import('../db/migrate.js')).migrate(databaseUrl),
    worker: options.worker ? (at) => workerCommand(config.TARIM_HOME, at) : null,
    api: options.worker
      ? {
          command: (at, port) => apiCommand(config.TARIM_HOME, at, port),
          port: config.API_PORT ?? API_PORT,
        }
      : null,
    withUi: config.TARIM_WITH_UI,
    lasting: true,
    say,
    signal: stop.signal,
  });
  try {
    if (options.sample) await loadSample(cli, running.addresses);
    const { leaveToken } = await import('./operator-token.js');
    const token = await leaveToken(config.TARIM_HOME, running.addresses.databaseUrl);
    const { leavePassword } = await import('./operator-password.js');
    const password = await leavePassword(config.TARIM_HOME, running.addresses.databaseUrl);
    say(summary(config.TARIM_HOME, running.run, { token, password }));
    // Whoever detached us waits for this word.
    process.send?.('up');
    await untilAborted(stop.signal);
    say('Stopping …');
  } finally {
    await running.stop();
    say('Stopped.');
  }
}

async function loadSample(cli: Cli, at: Addresses): Promise<void> {
  const { sample } = await import('./sample.js');
  await sample(cli, at, say);
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    // A listener alone would not keep the process; the services that it watches do, but they may all be given ones.
    const alive = setInterval(() => undefined, 60_000);
    signal.addEventListener('abort', () => {
      clearInterval(alive);
      resolve();
    });
  });

type Left = Readonly<{ token: string; password: string | null }>;

function summary(home: string, run: Run, { token, password }: Left): string {
  const signIn = password === null ? 'your password' : `the password in ${password}`;
  const lines = [
    `Tarim is up in ${home}.`,
    ...(run.apiAddress
      ? [
          `  Console   ${run.apiAddress}, sign in as ${OPERATOR} with ${signIn}`,
          `  API       ${run.apiAddress}/api/v1, token in ${token}`,
        ]
      : []),
    `  Temporal  ${run.temporalAddress ?? 'none'}, namespace ${run.namespace ?? 'none'}`,
    ...(run.uiAddress ? [`  UI        ${run.uiAddress}`] : []),
    `  Database  ${withoutPassword(run.databaseUrl)}`,
    `  Logs      ${join(home, 'logs')}`,
  ];
  return lines.join('\n');
}

function withoutPassword(url: string | null): string {
  if (url === null) return 'none';
  const shown = new URL(url);
  shown.password = '';
  return shown.href;
}
