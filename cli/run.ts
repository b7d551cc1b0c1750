import { CommanderError, type Command } from 'commander';
import type { Cli } from './cli';
import { EXIT, expectedCodeOf, type ExitCode } from './exit';
import { mistakeOf } from './mistake';
import { buildProgram } from './program';
import { screenOn, type Terminal } from './screen';
import { langOf, tellIn } from './words';

type Around = Terminal & Readonly<{ env: Readonly<Record<string, string | undefined>> }>;

/** Runs one command. @returns what the shell is told; never throws. */
export async function run(args: readonly string[], terminal: Around): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const program = programFor(args, terminal, (told) => (code = told));
  try {
    const [first, second, ...words] = args;
    if (first === 'complete' && second === '--') await completeFor(program, words);
    else await program.command.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      const mistake = mistakeOf(program.cli, error);
      if (mistake !== null) terminal.say(`${mistake}\n`);
      // Asking for help is no mistake, and has been answered.
      return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    }
    const expected = expectedCodeOf(error);
    const known = expected !== null && error instanceof Error;
    terminal.say(`${known ? error.message : causes(error, terminal)}\n`);
    return expected ?? EXIT.failure;
  }
}

/** A shell asks at TAB. These are words of a command that is not ready to be read as one. */
async function completeFor(
  { cli, command }: Readonly<{ cli: Cli; command: Command }>,
  words: readonly string[],
): Promise<void> {
  const { printCompletions } = await import('./complete.js');
  await printCompletions(cli, command, words);
}

function programFor(
  args: readonly string[],
  terminal: Around,
  endWith: (code: ExitCode) => void,
): { cli: Cli; command: Command } {
  const { env } = terminal;
  const lang = langOf(args, env);
  const cli: Cli = {
    lang,
    t: tellIn(lang),
    screen: screenOn(terminal),
    config: async () => {
      const { loadConfig } = await import('../config/index.js');
      return loadConfig(env);
    },
    apiUrl: () => command.opts<{ api?: string }>().api,
    endWith,
  };
  const command = buildProgram(cli, terminal);
  return { cli, command };
}

/** The sentence, and what lies behind it; the stack only for whoever asks. */
function causes(error: unknown, terminal: Around): string {
  if (!(error instanceof Error)) return String(error);
  if (terminal.env['LOG_LEVEL'] === 'debug') return error.stack ?? error.message;
  const inner = error.cause instanceof Error ? `\n  because: ${causes(error.cause, terminal)}` : '';
  return `${error.message || error.name}${inner}`;
}
