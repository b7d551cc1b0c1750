import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { roles, type Role } from '../../domain/permissions';
import { toInstant, toPeriod } from '../../domain/time';
import { openDb } from '../../db/client';
import { openRuleBook } from '../../db/rules';
import { loadBook } from '../../bench/book';
import { openMonths } from '../../bench/open-months';
import { startApi, type Caller } from '../support/api';
import { freshDatabase } from '../support/database';
import { startTestEngine } from '../support/engine';

/** Who asks, in turn: together they may everything. The others are refused most of it, which `roles.test.ts` walks. */
const ASKING: readonly Role[] = roles.filter((role) => role !== 'auditor' && role !== 'collector');
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'ignored_auth',
];
/** More than turns are taken at once, each of which may ask for a rule besides. */
const CONNECTIONS = 16;
/** A run that takes its own sign-in away would find nothing more; the sign-in with another server needs that server; without a worker 503 is the true answer of /readyz. */
const LEFT_OUT = String.raw`/revoke$|/sign-out$|/session/oidc|^/readyz$`;

/**
 * Runs Schemathesis over a month of the sample, as one role after the other. Its findings go to stdout. @returns what is wrong, in sentences;
 * none: no 5xx, and no answer that the document does not describe.
 */
export async function fuzz({
  program,
  examples,
  seed,
}: Readonly<{ program: string; examples: number; seed: number }>): Promise<string[]> {
  const engine = await startTestEngine();
  const { databaseUrl, temporalAddress, namespace } = engine.running.addresses;
  Object.assign(process.env, {
    TARIM_TEST_FOLDER: engine.folder,
    TARIM_TEST_DATABASE_ADMIN_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
  });
  const database = await freshDatabase();
  const api = await startApi({}, { url: database.url });
  try {
    await fill(database.url);
    const url = await api.listen();
    const faults: string[] = [];
    for (const role of ASKING) {
      const caller = await api.as(role);
      const code = await ask(program, { url, caller, examples, seed });
      if (code !== 0) faults.push(`As a ${role}, Schemathesis found faults (exit code ${code}).`);
      if ((await caller.get('/session')).statusCode !== 200)
        faults.push(
          `The sign-in of the ${role} ended during the run, so it asked for less than it says.`,
        );
    }
    return faults;
  } finally {
    await api.close();
    await database.drop();
    await engine.end();
  }
}

async function fill(databaseUrl: string): Promise<void> {
  const db = openDb(databaseUrl, CONNECTIONS);
  await loadBook(databaseUrl, 'samples');
  const asOf = toInstant('2005-10-10T10:00:00+08:00');
  await openMonths(db, openRuleBook(db), { period: toPeriod('2005-09'), asOf });
  await db.$disconnect();
}

type Asking = Readonly<{ url: string; caller: Caller; examples: number; seed: number }>;

async function ask(program: string, { url, caller, examples, seed }: Asking): Promise<number> {
  const child = spawn(
    program,
    [
      ...['run', `${url}/api/openapi.json`, '--url', url],
      ...['--header', `Authorization: Bearer ${caller.token}`],
      ...['--checks', CHECKS.join(','), '--exclude-path-regex', LEFT_OUT],
      ...['--max-examples', String(examples), '--seed', String(seed)],
      ...['--workers', '2', '--generation-database', 'none', '--no-color'],
      ...['--continue-on-failure', '--request-timeout', '30'],
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? -1;
}
