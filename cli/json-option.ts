import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Cli } from './cli';
import { Exit, EXIT } from './exit';
import { plainly } from './plainly';
import { jsonIn } from './policy-named';
import type { Word } from './words';

/** What a file of JSON says, by its shape. @throws Exit 2 with all that is wrong in it, and where; `wrong` says what it should have been. */
export async function shapedIn<T>(
  cli: Cli,
  file: string,
  shape: z.ZodType<T>,
  wrong: Word,
): Promise<T> {
  const json = jsonIn(cli, file, await plainly(cli, () => readFile(file, 'utf8')));
  const read = shape.safeParse(json);
  if (read.success) return read.data;
  throw new Exit(EXIT.usage, cli.t(wrong, { file, because: z.prettifyError(read.error) }));
}
