import { join } from 'node:path';
import type { Command } from './process';
import type { Addresses } from './supervise';

export const PROGRAM = join(__dirname, '..', 'bin', 'tarim.mjs');

/** `tarim worker` as a service of the home: the home's addresses, and for the rest the environment as it is. */
export function workerCommand(home: string, at: Addresses): Command {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    DATABASE_URL: at.databaseUrl,
    TEMPORAL_ADDRESS: at.temporalAddress,
    TEMPORAL_NAMESPACE: at.namespace,
  };
  delete env['DATABASE_URL_FILE'];
  return {
    command: process.execPath,
    args: [PROGRAM, 'worker'],
    log: join(home, 'logs', 'worker.log'),
    env,
    ipc: true,
  };
}
