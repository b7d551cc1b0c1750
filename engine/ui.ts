import { join } from 'node:path';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Command } from './process';
import { build } from './temporal-build';
import { which } from './which';

const UI_VERSION = '2.54.1';

type Plan = Readonly<{
  home: string;
  cache: string;
  temporalAddress: string;
  port: number;
  build: boolean;
  say: (line: string) => void;
  signal: AbortSignal;
}>;

/** How to start Temporal's web UI; null when there is none and none was asked for, or it cannot be built. */
export async function prepareUi(plan: Plan): Promise<Command | null> {
  const program = await findUi(plan);
  if (program === null) return null;
  const folder = join(plan.home, 'ui');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const settings = {
    temporalGrpcAddress: plan.temporalAddress,
    host: '127.0.0.1',
    port: plan.port,
    enableUi: true,
    cors: { allowOrigins: [`http://127.0.0.1:${plan.port}`] },
  };
  writeFileSync(join(folder, 'tarim.yaml'), JSON.stringify(settings, null, 2));
  return {
    command: program,
    args: ['--root', plan.home, '--config', 'ui', '--env', 'tarim', 'start'],
    log: join(plan.home, 'logs', 'ui.log'),
    cwd: plan.home,
  };
}

async function findUi({ cache, build: wanted, say, signal }: Plan): Promise<string | null> {
  const name = 'temporal-ui-server';
  const folder = join(cache, `temporal-ui-${UI_VERSION}`);
  const found = which(name) ?? which(name, folder);
  if (found || !wanted) return found;
  const packages = { [`github.com/temporalio/ui-server/v2/cmd/server@v${UI_VERSION}`]: name };
  try {
    await build({ folder, what: `the Temporal UI ${UI_VERSION}`, packages }, { say, signal });
  } catch (error) {
    signal.throwIfAborted();
    say(`Going on without the Temporal UI: ${String(error)}`);
  }
  return which(name, folder);
}
