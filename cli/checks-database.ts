import { Client } from 'pg';
import { openDb } from '../db/client';
import { wrongClock } from '../db/clock';
import { pending } from '../db/migrate';
import { refusalOf } from '../engine/postgres';
import type { Addresses } from '../engine/supervise';
import type { Check } from './check';

export async function databaseChecks({ databaseUrl }: Addresses): Promise<Check[]> {
  const refusal = await refusalOf(databaseUrl);
  const reachable: Check = {
    name: 'postgres reachable',
    ok: refusal === null,
    detail: refusal ?? `at ${new URL(databaseUrl).host}`,
    remedy: refusal === null ? null : 'see logs/postgres.log in TARIM_HOME, or check DATABASE_URL',
  };
  if (refusal !== null) return [reachable];
  return [reachable, await clocks(databaseUrl), await migrations(databaseUrl)];
}

/** A worker does not start while they are apart. */
async function clocks(databaseUrl: string): Promise<Check> {
  const db = openDb(databaseUrl, 1);
  const name = 'clocks';
  const remedy = 'set both by NTP';
  try {
    const wrong = await wrongClock(db);
    return wrong === null
      ? { name, ok: true, detail: "this machine's and the database's agree", remedy: null }
      : { name, ok: false, detail: wrong, remedy };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { name, ok: false, detail, remedy: 'see the findings above' };
  } finally {
    await db.$disconnect();
  }
}

async function migrations(databaseUrl: string): Promise<Check> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  const name = 'migrations';
  try {
    await client.connect();
    const missing = await pending(client);
    return missing.length === 0
      ? { name, ok: true, detail: 'all applied', remedy: null }
      : {
          name,
          ok: false,
          detail: `not applied: ${missing.map((migration) => migration.name).join(', ')}`,
          remedy: 'npx tarim db migrate',
        };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { name, ok: false, detail, remedy: 'npx tarim db migrate' };
  } finally {
    await client.end().catch(() => undefined);
  }
}
