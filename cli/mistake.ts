import type { CommanderError } from 'commander';
import type { Cli } from './cli';
import type { Word } from './words';

/** What the parser calls the mistakes that people make. */
const WORDS: Readonly<Record<string, Word>> = {
  'commander.missingArgument': 'mistake.missingArgument',
  'commander.missingMandatoryOptionValue': 'mistake.missingOption',
  'commander.optionMissingArgument': 'mistake.missingValue',
  'commander.unknownOption': 'mistake.unknownOption',
  'commander.unknownCommand': 'mistake.unknownCommand',
  'commander.excessArguments': 'mistake.excessArguments',
  'commander.invalidArgument': 'mistake.invalid',
};

/** The parser's complaint in the person's language; null when there was none, but a question for help. */
export function mistakeOf({ t }: Cli, { code, message, exitCode }: CommanderError): string | null {
  if (exitCode === 0 || code === 'commander.help') return null;
  const word = WORDS[code];
  const [, what = ''] = /'([^']*)'/.exec(message) ?? [];
  const said = word === undefined ? message.replace(/^error: /, '') : t(word, { what });
  const meant = /Did you mean (?:one of )?(.+)\?/.exec(message)?.[1];
  return [
    said,
    ...(meant === undefined ? [] : [t('mistake.meant', { meant })]),
    t('mistake.help'),
  ].join('\n');
}
