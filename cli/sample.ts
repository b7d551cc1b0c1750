import type { Addresses } from '../engine/supervise';

/** Loads the sample book into an empty database and opens its campaign. Not there yet. */
export function sample(_at: Addresses, say: (line: string) => void): Promise<void> {
  say('There is no sample book yet.');
  return Promise.resolve();
}
