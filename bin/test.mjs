#!/usr/bin/env node
/** `node bin/test.mjs [unit|integration|replay|e2e|browser ...] [--record] [--screenshots] [jest arguments]`; the last line says `N passed, N failed`. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { ensureReady, root } from './bootstrap.mjs';
import { ensureBrowser } from './browser.mjs';
import { ensureConsole } from './console.mjs';

const projects = ['unit', 'integration', 'replay', 'e2e', 'browser'];
const args = process.argv.slice(2);
const chosen = args.filter((arg) => projects.includes(arg));
const rest = args.filter(
  (arg) => !projects.includes(arg) && !['--record', '--screenshots'].includes(arg),
);
const env = {
  ...process.env,
  ...(args.includes('--record') ? { TARIM_RECORD: '1' } : {}),
  ...(args.includes('--screenshots')
    ? { TARIM_SCREENSHOTS: join(root, 'docs', 'screenshots') }
    : {}),
};

/** Once its report is written, and so its teardown done, Jest has nothing left to do but end. */
const END_MS = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'tarim-test-'));
let tally = { passed: 0, failed: 1 };
try {
  await ensureReady();
  if (chosen.length === 0 || chosen.includes('browser')) {
    await ensureConsole();
    env.TARIM_TEST_CHROMIUM = ensureBrowser();
  }
  const report = join(folder, 'report.json');
  const code = await jest(report);
  tally = count(report, code);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = tally.failed === 0 ? 0 : 1;
process.stdout.write(`${tally.passed} passed, ${tally.failed} failed\n`);

/** Waits for Jest even when interrupted: its teardown ends the engine. One that does not end after its report is killed, which fails the run. */
function jest(report) {
  // First what was asked for: --selectProjects takes every word that follows it.
  const flags = [
    ...rest,
    '--json',
    `--outputFile=${report}`,
    ...(chosen.length > 0 ? ['--selectProjects', ...chosen] : []),
  ];
  const child = spawn(process.execPath, [join(root, 'node_modules/jest/bin/jest.js'), ...flags], {
    cwd: root,
    env,
    // With --outputFile the report goes to the file, the reporter to stderr.
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  let reportedAt;
  const look = setInterval(() => {
    if (!existsSync(report)) return;
    reportedAt ??= Date.now();
    if (Date.now() < reportedAt + END_MS || child.exitCode !== null) return;
    process.stderr.write(
      'Jest did not end: a test has left a timer, a socket or a process open.\n',
    );
    child.kill('SIGKILL');
  }, 1_000);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  }).finally(() => clearInterval(look));
}

/** A suite that could not run is one failure; no tests at all, or a bad end with none failed, is one too. */
function count(report, code) {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const broken = testResults.filter(({ status, assertionResults: tests }) => {
    return status === 'failed' && !tests.some((test) => test.status === 'failed');
  }).length;
  const failed = numFailedTests + broken;
  const bad = failed === 0 && (code !== 0 || numPassedTests === 0);
  return { passed: numPassedTests, failed: bad ? 1 : failed };
}
