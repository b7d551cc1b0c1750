import type { Cli } from './cli';
import { Exit, EXIT, type ExitCode } from './exit';
import type { Word } from './words';

/** Postgres', Prisma's and the system's own codes, in words that say what to do. */
const KNOWN = new Map<string, readonly [ExitCode, Word]>([
  ['ECONNREFUSED', [EXIT.tryLater, 'database.away']],
  ['DatabaseNotReachable', [EXIT.tryLater, 'database.away']],
  ['55P03', [EXIT.tryLater, 'import.busy']],
  ['42P01', [EXIT.failure, 'database.bare']],
  ['ENOENT', [EXIT.refused, 'file.none']],
  ['EISDIR', [EXIT.usage, 'file.folder']],
  ['EACCES', [EXIT.refused, 'file.closed']],
]);

/**
 * Does the work, and says plainly what can go wrong with a file or a database.
 *
 * @throws {Exit}
 */
export async function plainly<T>({ t }: Cli, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && error.name === 'WrongShape')
      throw new Exit(EXIT.usage, t('import.nothing', { because: error.message }));
    const { path } = error as NodeJS.ErrnoException;
    const known = KNOWN.get(codeOf(error));
    if (known === undefined) throw error;
    const [code, word] = known;
    throw new Exit(code, path === undefined ? t(word) : `${path}: ${t(word)}`);
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
