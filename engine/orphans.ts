import { noRun, readRun, writeRun, type Run } from './home';
import { endProcess, isAlive } from './process';

/** Whoever uses a service ends before it does. Unknown names come first. */
const LAST_TO_END = ['worker', 'ui', 'temporal', 'postgres'];

/** The recorded services that still run, in the order in which they should end. */
export const survivors = (run: Run): string[] =>
  Object.entries(run.services)
    .filter(([, id]) => isAlive(id))
    .map(([name]) => name)
    .sort((a, b) => LAST_TO_END.indexOf(a) - LAST_TO_END.indexOf(b));

/**
 * Ends what a supervisor left behind that was killed itself, and clears the record. A pid that was given to another
 * process since is left alone.
 *
 * @returns the names of what was ended.
 */
export async function endOrphans(home: string): Promise<string[]> {
  const run = readRun(home);
  if (run === null) return [];
  const names = survivors(run);
  for (const name of names) {
    const id = run.services[name];
    if (id) await endProcess(id, { signal: name === 'postgres' ? 'SIGINT' : 'SIGTERM' });
  }
  writeRun(home, { ...noRun, ports: run.ports });
  return names;
}
