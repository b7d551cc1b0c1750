import { open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Cli } from './cli';
import { Exit, EXIT } from './exit';

/**
 * Writes what comes to a file for its owner only. It is there whole, or as it was; and opened before anything is asked for.
 *
 * @throws Exit 2 when it cannot be written there.
 */
export async function saveStream(
  { t }: Cli,
  file: string,
  ask: () => Promise<AsyncIterable<Buffer>>,
): Promise<void> {
  const draft = `${file}.${process.pid}.part`;
  const notWritten = (error: unknown): Exit =>
    error instanceof Exit
      ? error
      : new Exit(EXIT.usage, t('file.notWritten', { file, why: (error as Error).message }));
  const handle = await open(draft, 'w', 0o600).catch((error: unknown) => {
    throw notWritten(error);
  });
  try {
    const content = await ask();
    // Closes the handle, when it breaks off too.
    await pipeline(Readable.from(content), handle.createWriteStream({ flush: true }));
    await rename(draft, file);
  } catch (error) {
    throw notWritten(error);
  } finally {
    await handle.close().catch(() => undefined);
    await rm(draft, { force: true });
  }
}
