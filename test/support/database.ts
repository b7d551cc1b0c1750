import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { migrate } from '../../db/migrate';

export type TestDatabase = Readonly<{ url: string; drop: () => Promise<void> }>;

const DB = join(__dirname, '..', '..', 'db');
/** Test files run side by side; one of them makes the template, the others wait. */
const TEMPLATE_LOCK = 7_305_003;

/**
 * A migrated database of its own for a test file, copied from a template in a moment.
 *
 * @throws {Error} when the run has no server: integration tests are started by `npm run test:integration`.
 */
export async function freshDatabase(): Promise<TestDatabase> {
  const adminUrl = process.env['TARIM_TEST_DATABASE_ADMIN_URL'];
  if (adminUrl === undefined) throw new Error('TARIM_TEST_DATABASE_ADMIN_URL is not set.');
  const name = `tarim_test_${randomBytes(6).toString('hex')}`;
  await asAdmin(adminUrl, async (admin) => {
    const template = await ensureTemplate(admin, adminUrl);
    await admin.query(`create database ${name} template ${template}`);
  });
  return {
    url: urlOf(adminUrl, name),
    drop: () =>
      asAdmin(adminUrl, async (admin) => {
        await admin.query(`drop database if exists ${name} with (force)`);
      }),
  };
}

/** Under a draft name until it is migrated: whoever sees the template sees it whole. */
async function ensureTemplate(admin: Client, adminUrl: string): Promise<string> {
  const template = `tarim_template_${fingerprint()}`;
  await admin.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  const found = await admin.query('select from pg_database where datname = $1', [template]);
  if (found.rowCount === 0) {
    const draft = `${template}_draft`;
    await admin.query(`drop database if exists ${draft} with (force)`);
    await admin.query(`create database ${draft}`);
    await migrate(urlOf(adminUrl, draft));
    await admin.query(`alter database ${draft} rename to ${template}`);
  }
  return template;
}

/** Of what a migrated database is made from: a server that outlives the run keeps no template of yesterday's schema. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const files = readdirSync(DB, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => /\.(sql|json)$|^seed\.ts$/.test(name)).sort()) {
    hash.update(file).update(readFileSync(join(DB, file)));
  }
  return hash.digest('hex').slice(0, 12);
}

async function asAdmin(adminUrl: string, work: (admin: Client) => Promise<void>): Promise<void> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    // Gives the lock back too.
    await admin.end();
  }
}

function urlOf(adminUrl: string, database: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
}
