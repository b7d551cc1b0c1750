import type { Config } from '../config';
import { addressesOf } from '../engine/connect';
import type { Addresses } from '../engine/supervise';
import type { Check } from './check';
import type { Cli } from './cli';
import { apiChecks } from './checks-api';
import { databaseChecks } from './checks-database';
import { machineChecks } from './checks-machine';
import { monthChecks } from './checks-months';
import { temporalChecks } from './checks-temporal';
import { EXIT, type ExitCode } from './exit';

/** Looks at this machine and at what runs on it. Changes nothing. */
export async function doctor(cli: Cli, options: { json?: boolean }): Promise<ExitCode> {
  const config = await cli.config();
  const checks = [...(await machineChecks(config)), ...(await runningChecks(config))];
  const ok = checks.every((check) => check.ok);
  if (options.json === true) cli.screen.json({ ok, checks });
  else await printChecks(cli, checks);
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
    temporalChecks(at, config),
    apiChecks(config.TARIM_HOME),
  ]);
  const findings = [...database, ...temporal, ...api];
  // Without both, and without the newest shape, there is nothing to compare; a worker that is missing is no hindrance.
  const comparable = findings.every(({ name, ok }) => ok || name === 'worker' || name === 'api');
  const months = comparable ? await monthChecks(at, config.TEMPORAL_TASK_QUEUE) : [];
  return [...findings, ...months];
}

async function printChecks({ t, screen }: Cli, checks: readonly Check[]): Promise<void> {
  await screen.table(
    [{ head: '' }, { head: t('head.check') }, { head: t('head.found'), grows: true }],
    checks.map(({ name, ok, detail }) => [ok ? 'ok' : '!!', name, detail]),
  );
  for (const { name, remedy } of checks) if (remedy !== null) screen.line(`${name} → ${remedy}`);
}
