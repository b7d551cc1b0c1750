import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { PrismaClient, type Prisma } from './generated/client';

export type Db = PrismaClient;
/** A handle inside a transaction; functions that take it say so, because somebody else commits. */
export type Tx = Prisma.TransactionClient;
/** Either: for functions of one statement. */
export type Sql = Pick<Tx, '$queryRaw' | '$executeRaw'>;

/** Well below the 90 s of a turn, well above the longest statement over a whole book (5 s). */
const QUERY_TIMEOUT_MS = 60_000;

/**
 * Opens the pool. `max` is per process; a caller waits at most 10 s for a connection (the driver's default is for ever).
 * Statements are named by their text, which makes the server prepare each once: half the time of a turn (stack.md 4.3).
 * `repeats` is for a worker, which asks the same few things by key all day: each is then planned once instead of every time (loading one
 * customer's facts: 1.9 ms against 1.2 ms). Not for lists with optional filters, whose one plan would fit none of them.
 */
export function openDb(databaseUrl: string, max = 10, { repeats = false } = {}): Db {
  const pool = new Pool({
    connectionString: databaseUrl,
    max,
    connectionTimeoutMillis: 10_000,
    // A peer that went silent must not hold a turn for longer than a turn may take.
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    ...(repeats ? { options: '-c plan_cache_mode=force_generic_plan' } : {}),
  });
  // Whoever asked is told by its query. Said a second time, when nobody asks any more, it would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const adapter = new PrismaPg(pool, {
    statementNameGenerator: ({ sql }) => nameOf(sql),
    disposeExternalPool: true,
  });
  return new PrismaClient({ adapter });
}

/** A statement's text is named once; a client that builds texts without end would start over, not grow. */
const names = new Map<string, string>();
const NAMES_MAX = 2_000;

function nameOf(sql: string): string {
  const kept = names.get(sql);
  if (kept !== undefined) return kept;
  if (names.size >= NAMES_MAX) names.clear();
  const name = createHash('md5').update(sql).digest('hex');
  names.set(sql, name);
  return name;
}

/**
 * One transaction. The customer's row is the lock of everything about the customer: a payment's foreign key takes it too,
 * so a payment is either wholly before what happens here, or wholly after (law 2).
 */
export async function inTransaction<T>(
  db: Db,
  work: (tx: Tx) => Promise<T>,
  { dryRun = false }: Readonly<{ dryRun?: boolean }> = {},
): Promise<T> {
  const limits = { maxWait: 10_000, timeout: 30_000 };
  if (!dryRun) return db.$transaction(work, limits);
  try {
    return await db.$transaction(async (tx) => {
      throw new TakenBack(await work(tx));
    }, limits);
  } catch (error) {
    if (error instanceof TakenBack) return error.told as T;
    throw error;
  }
}

/** Ends the transaction of a dry run, and carries out what it came to. */
class TakenBack extends Error {
  readonly told: unknown;

  constructor(told: unknown) {
    super('a dry run is taken back');
    this.name = 'TakenBack';
    this.told = told;
  }
}
