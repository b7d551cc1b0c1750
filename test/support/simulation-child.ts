import pino from 'pino';
import { openDb } from '../../db/client';
import { startSimulations } from '../../worker/simulations';
import { until } from './until';

/** A process of its own that carries out simulations, and is killed as soon as it has begun one. */
async function main(): Promise<void> {
  const [databaseUrl = ''] = process.argv.slice(2);
  const db = openDb(databaseUrl, 2);
  startSimulations(db, databaseUrl, pino({ level: 'silent' }));
  const began = async (): Promise<boolean> =>
    (await db.simulation.count({ where: { state: 'running' } })) > 0;
  await until('it has begun one', began, { everyMs: 5 });
  process.kill(process.pid, 'SIGKILL');
}

void main();
