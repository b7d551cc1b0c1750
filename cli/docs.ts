import { Writable } from 'node:stream';
import type { Command } from 'commander';
import type { Cli } from './cli';
import { buildProgram } from './program';
import { screenOn } from './screen';
import { tellIn, type Lang } from './words';

/** The page of all commands, from the commands themselves, in both languages. */
export function commandPage(): string {
  const english = leaves(treeIn('en'));
  const chinese = leaves(treeIn('zh-CN'));
  const rows = english.map(
    (command, at) =>
      `| \`${usageOf(command)}\` | ${chinese[at]?.description() ?? ''} | ${command.description()} | ${optionsOf(command)} |`,
  );
  return `${[...HEAD, '| command | 中文 | English | options |', '| --- | --- | --- | --- |', ...rows, ...TAIL].join('\n')}\n`;
}

const HEAD = [
  '# Commands 命令',
  '',
  'Written by `npm run cli-docs` from the commands themselves; a test fails when it was forgotten. Every command also has `--help`, `--lang zh-CN|en`',
  'and `--api URL`. A command asks the API as whoever holds the token (`TARIM_TOKEN`, `TARIM_TOKEN_FILE`, else the one that `tarim up` left in',
  '`TARIM_HOME`). `up`, `down`, `doctor`, `worker`, `api`, `db` and `user` are about this machine.',
  '',
];
const TAIL = [
  '',
  '## How a command ends',
  '',
  '| code | 中文 | English |',
  '| --- | --- | --- |',
  '| 0 | 完成 | done |',
  '| 1 | 失败 | failure |',
  '| 2 | 用法有误 | usage |',
  '| 3 | 部分完成 | partly: some rows were rejected |',
  '| 4 | 被拒绝或没有找到 | refused or not found |',
  '| 75 | 稍后再试 | try later: the API, the database or the engine does not answer |',
  '',
  '`--dry-run` carries an order out and takes it back: it tells what would become of it, refusals too. An order that had no clear answer tells its id;',
  'given again with `--id`, it is carried out once.',
  '',
  '## Completion 补全',
  '',
  '```',
  'source <(tarim complete bash)                      # bash, with its package bash-completion',
  'source <(tarim complete zsh)                       # zsh',
  'tarim complete fish | source                       # fish',
  'tarim complete powershell | Out-String | iex       # PowerShell',
  '```',
];

function treeIn(lang: Lang): Command {
  const stdout = new Writable();
  const screen = screenOn({ stdout, say: nothing, columns: Infinity, colour: false });
  const cli: Cli = {
    ...{ lang, t: tellIn(lang), screen, endWith: nothing, apiUrl: () => undefined },
    config: () => Promise.reject(new Error('a page needs no configuration')),
  };
  return buildProgram(cli, { stdout, say: nothing });
}

const nothing = (): void => undefined;

const leaves = (command: Command): Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);

function usageOf(command: Command): string {
  const names: string[] = [];
  for (let at: Command | null = command; at !== null; at = at.parent) names.unshift(at.name());
  const args = command.registeredArguments.map((argument) =>
    argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
  );
  return [...names, ...args].join(' ');
}

const optionsOf = (command: Command): string =>
  command.options
    .map(({ flags, mandatory }) => (mandatory ? `**\`${flags}\`**` : `\`${flags}\``))
    .join(' ');
