import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Cli } from './cli';
import { Exit, EXIT } from './exit';

/** A line is enough; whoever sends more is told that it is too long by the rule for passwords. */
const BYTES_MAX = 4_096;

/** A new password: typed twice and unseen at a terminal, else the first line of stdin. Never an argument, which everybody on the machine can read. */
export async function askPassword(cli: Cli): Promise<string> {
  const { t } = cli;
  if (!process.stdin.isTTY) {
    const line = (await readStdin()).split(/\r?\n/, 1)[0] ?? '';
    if (line === '') throw new Exit(EXIT.usage, t('user.password.none'));
    return line;
  }
  const first = await unseen(t('user.password.ask'));
  if (first !== (await unseen(t('user.password.again'))))
    throw new Exit(EXIT.usage, t('user.password.differ'));
  return first;
}

async function readStdin(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > BYTES_MAX) break;
  }
  return text;
}

async function unseen(question: string): Promise<string> {
  process.stderr.write(`${question} `);
  const nowhere = new Writable({
    write(_chunk, _encoding, taken) {
      taken();
    },
  });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
