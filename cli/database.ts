import type { Config } from '../config';
import { WrongShape } from '../db/wrong-shape';
import { addressesOf } from '../engine/connect';
import { Exit, EXIT } from './exit';

/** A command that needs no Temporal asks for none. */
export const databaseUrlOf = (config: Config): string =>
  config.DATABASE_URL ?? addressesOf(config).databaseUrl;

const UNREACHABLE = new Exit(EXIT.tryLater, 'The database does not answer. Is it running?');

/** Postgres', Prisma's and the system's own codes, in words that say what to do. */
const KNOWN = new Map<string, Exit>([
  ['ECONNREFUSED', UNREACHABLE],
  ['DatabaseNotReachable', UNREACHABLE],
  ['55P03', new Exit(EXIT.tryLater, 'Another import is at work. Try again when it has ended.')],
  ['42P01', new Exit(EXIT.failure, 'The database has no tables yet. Run: npx tarim db migrate')],
  ['ENOENT', new Exit(EXIT.refused, 'There is no such file or folder.')],
  ['EISDIR', new Exit(EXIT.usage, 'That is a folder, not a file.')],
  ['EACCES', new Exit(EXIT.refused, 'You may not read or write there.')],
]);

/**
 * Does the work, and says plainly what can go wrong with a file or a database.
 *
 * @throws {Exit}
 */
export async function plainly<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WrongShape)
      throw new Exit(EXIT.usage, `Nothing was imported. ${error.message}`);
    const { path } = error as NodeJS.ErrnoException;
    const known = KNOWN.get(codeOf(error));
    if (known === undefined) throw error;
    throw new Exit(known.code, path === undefined ? known.message : `${path}: ${known.message}`);
  }
}

type Coded = {
  code?: string;
  meta?: { driverAdapterError?: { cause?: { originalCode?: string; kind?: string } } };
};

/** Prisma puts its own code over the one that tells something. */
function codeOf(error: unknown): string {
  const { code, meta } = error as Coded;
  const cause = meta?.driverAdapterError?.cause;
  return cause?.originalCode ?? cause?.kind ?? code ?? '';
}
