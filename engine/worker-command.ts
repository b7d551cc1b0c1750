import { join } from 'node:path';
import type { Command } from './process';
import type { Addresses } from './supervise';

export const PROGRAM = join(__dirname, '..', 'bin', 'tarim.mjs');

/** `tarim worker` as a service of the home. */
export const workerCommand = (home: string, at: Addresses): Command =>
  serviceCommand('worker', home, at);

/** `tarim api` as a service of the home, on the port that was chosen for it. */
export const apiCommand = (home: string, at: Addresses, port: number): Command =>
  serviceCommand('api', home, at, { API_PORT: String(port) });

/** The home's addresses, and for the rest the environment as it is. */
function serviceCommand(
  name: 'worker' | 'api',
  home: string,
  at: Addresses,
  more: NodeJS.ProcessEnv = {},
): Command {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    DATABASE_URL: at.databaseUrl,
    TEMPORAL_ADDRESS: at.temporalAddress,
    TEMPORAL_NAMESPACE: at.namespace,
    ...more,
  };
  delete env['DATABASE_URL_FILE'];
  return {
    command: process.execPath,
    args: [PROGRAM, name],
    log: join(home, 'logs', `${name}.log`),
    env,
    ipc: true,
  };
}
