import type { Config } from '../config';
import { ownerOf, takeHome } from '../engine/home';
import { endOrphans } from '../engine/orphans';
import { endProcess } from '../engine/process';
import { purge } from '../engine/purge';
import { existsSync } from 'node:fs';

/** Its services have graces of their own, one after the other. */
const SUPERVISOR_GRACE_MS = 90_000;
const say = (line: string) => void process.stderr.write(`${line}\n`);

/** Stops what `up` started, also what a killed `up` left behind. Fine to call when nothing runs. */
export async function down(config: Config, options: { purge?: boolean }): Promise<void> {
  const home = config.TARIM_HOME;
  if (!existsSync(home)) {
    say(`Nothing is running in ${home}.`);
    return;
  }
  const owner = ownerOf(home);
  const how = owner ? await endProcess(owner, { graceMs: SUPERVISOR_GRACE_MS }) : null;
  const release = takeHome(home);
  try {
    const orphans = await endOrphans(home);
    say(how === null && orphans.length === 0 ? `Nothing is running in ${home}.` : 'Stopped.');
    if (options.purge) for (const removed of purge(home)) say(`Removed ${removed}.`);
  } finally {
    release();
  }
}
