import Table from 'cli-table3';
import type { Config } from '../config';
import { addressesOf } from '../engine/connect';
import type { Addresses } from '../engine/supervise';
import type { Check } from './check';
import { apiChecks } from './checks-api';
import { databaseChecks } from './checks-database';
import { machineChecks } from './checks-machine';
import { temporalChecks } from './checks-temporal';
import { EXIT, type ExitCode } from './exit';

/** Looks at this machine and at what runs on it. Changes nothing. */
export async function doctor(config: Config, options: { json?: boolean }): Promise<ExitCode> {
  const checks = [...(await machineChecks(config)), ...(await runningChecks(config))];
  const ok = checks.every((check) => check.ok);
  process.stdout.write(
    options.json ? `${JSON.stringify({ ok, checks }, null, 2)}\n` : inWords(checks),
  );
  return ok ? EXIT.done : EXIT.failure;
}

async function runningChecks(config: Config): Promise<Check[]> {
  let at: Addresses;
  try {
    at = addressesOf(config);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return [{ name: 'running', ok: false, detail, remedy: 'npx tarim up --detach' }];
  }
  const [database, temporal, api] = await Promise.all([
    databaseChecks(at),
    temporalChecks(at, config.TEMPORAL_TASK_QUEUE),
    apiChecks(config.TARIM_HOME),
  ]);
  return [...database, ...temporal, ...api];
}

function inWords(checks: readonly Check[]): string {
  const table = new Table({ head: ['', 'check', 'found'], style: { head: [], border: [] } });
  for (const { name, ok, detail, remedy } of checks) {
    table.push([ok ? 'ok' : '!!', name, remedy === null ? detail : `${detail}\n→ ${remedy}`]);
  }
  return `${table.toString()}\n`;
}
