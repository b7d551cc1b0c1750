import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Cli } from './cli';
import { Exit, EXIT } from './exit';

/** Writes what comes to a file for its owner only. It is there whole, or as it was. @throws Exit 2 when it cannot be written there. */
export async function saveStream(
  { t }: Cli,
  file: string,
  content: AsyncIterable<Buffer>,
): Promise<void> {
  const draft = `${file}.${process.pid}.part`;
  try {
    const to = createWriteStream(draft, { mode: 0o600, flush: true });
    await pipeline(Readable.from(content), to);
    await rename(draft, file);
  } catch (error) {
    if (error instanceof Exit || !(error instanceof Error)) throw error;
    throw new Exit(EXIT.usage, t('file.notWritten', { file, why: error.message }));
  } finally {
    await rm(draft, { force: true });
  }
}
