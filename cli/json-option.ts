import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Cli } from './cli';
import { Exit, EXIT } from './exit';
import { plainly } from './plainly';
import type { Word } from './words';

/** What a file of JSON says. @throws Exit 2 when it is none */
export async function jsonIn(cli: Cli, file: string): Promise<unknown> {
  const text = await plainly(cli, () => readFile(file, 'utf8'));
  try {
    return JSON.parse(text);
  } catch (error) {
    const because = error instanceof Error ? error.message : '';
    throw new Exit(EXIT.usage, cli.t('file.noJson', { file, because }));
  }
}

/** The same, held against a shape. @throws Exit 2 with all that is wrong in it, and where; `wrong` says what it should have been. */
export async function shapedIn<T>(
  cli: Cli,
  file: string,
  shape: z.ZodType<T>,
  wrong: Word,
): Promise<T> {
  const read = shape.safeParse(await jsonIn(cli, file));
  if (read.success) return read.data;
  throw new Exit(EXIT.usage, cli.t(wrong, { file, because: z.prettifyError(read.error) }));
}
