import { Writable } from 'node:stream';
import { join } from 'node:path';
import { run } from '../../cli/run';

/** Nothing was ever started here. */
export const emptyHome = join(process.env['TARIM_TEST_FOLDER'] ?? '', 'cli-home');

export type Ended = Readonly<{ code: number; out: string; err: string }>;
export type Run = (command: string | readonly string[], more?: NodeJS.ProcessEnv) => Promise<Ended>;

/** The command line, in English, in this process: a start is most of a command. A command is words between single spaces, or the words themselves. */
export const tarimWith =
  (given: NodeJS.ProcessEnv): Run =>
  async (command, more = {}) => {
    const args = typeof command === 'string' ? command.split(' ') : command;
    const env = { ...process.env, TARIM_HOME: emptyHome, LC_ALL: 'en_US.UTF-8', ...given, ...more };
    let [out, err] = ['', ''];
    const stdout = new Writable({
      write(piece: Buffer, _, taken) {
        out += piece.toString();
        taken();
      },
    });
    const code = await run(args, {
      env,
      stdout,
      say: (text) => void (err += text),
      columns: Infinity,
      colour: false,
    });
    return { code, out, err };
  };

/** Each ends with the code, prints nothing, and says a sentence. */
export async function expectEach(
  runIt: Run,
  rows: readonly (readonly [command: string, code: number, sentence: string])[],
): Promise<void> {
  for (const [command, code, sentence] of rows)
    expect({ command, ...(await runIt(command)) }).toEqual({
      ...{ command, code, out: '', err: expect.stringContaining(sentence) as string },
    });
}
