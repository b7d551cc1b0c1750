import { readdirSync } from 'node:fs';
import type * as Tab from '@bomb.sh/tab' with { 'resolution-mode': 'import' };
import type { Command, Option } from 'commander';
import { permissions } from '../domain/permissions';
import { wordOption } from './arguments';
import type { Cli } from './cli';
import { langs } from './words';

const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;

type Suggest = (complete: Tab.Complete) => void;

/** What may stand in an argument or an option of that name, where it is one of a few words. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  shell: shells,
  lang: langs,
  decision: ['approve', 'reject', 'withdraw'],
  level: ['1', '2', '3'],
  outcome: ['done', 'agrees', 'refuses'],
  stage: ['proposed', 'contacted', 'visited', 'agreed', 'signed', 'installed', 'toppedUp'],
  resolve: ['upheld', 'rejected'],
  channel: ['sms', 'email'],
  scope: permissions,
};

/** Prints the script that teaches a shell to complete our commands. It asks `tarim complete -- WORDS` at each TAB. @throws Exit 2 */
export async function printScript(cli: Cli, shell: string): Promise<void> {
  const { default: root } = await import('@bomb.sh/tab');
  root.setup('tarim', 'tarim', wordOption(cli, shell, shells));
}

/** Prints what the last of the words may become; the words before it are the command so far. */
export async function printCompletions(
  cli: Cli,
  program: Command,
  words: readonly string[],
): Promise<void> {
  const { default: root } = await import('@bomb.sh/tab');
  const last = words.at(-1) ?? '';
  const policies = words[0] === 'policy' ? await policyIds(cli) : [];
  const suggestFor = (name: string): Suggest => {
    const known = name === 'policy' ? policies : name === 'file' ? files(last) : CHOICES[name];
    return (complete) => (known ?? []).forEach((word) => complete(word, ''));
  };
  grow(root, program, '', suggestFor);
  root.parse([...words]);
}

/** The tree of commands as the completion wants it: each under its whole path. */
function grow(
  root: Tab.RootCommand,
  command: Command,
  path: string,
  suggestFor: (name: string) => Suggest,
): void {
  const node = path === '' ? root : root.command(path, command.description());
  const help = command.createHelp();
  for (const option of help.visibleOptions(command)) addOption(node, option, suggestFor);
  for (const argument of command.registeredArguments)
    node.argument(argument.name(), suggestFor(argument.name()), argument.variadic);
  for (const each of help.visibleCommands(command))
    grow(root, each, path === '' ? each.name() : `${path} ${each.name()}`, suggestFor);
}

function addOption(
  node: Tab.Command,
  { long, short, description, required, optional }: Option,
  suggestFor: (name: string) => Suggest,
): void {
  const name = long?.slice(2) ?? '';
  const alias = short?.slice(1);
  if (required || optional) node.option(name, description, suggestFor(name), alias);
  else node.option(name, description, alias);
}

/** Nobody waits long at a TAB. */
const PATIENCE_MS = 1_000;

async function policyIds(cli: Cli): Promise<string[]> {
  const [{ openApi }, { itemsOf }, { PolicyVersion }] = await Promise.all([
    import('./client.js'),
    import('../api/schema/answers.js'),
    import('../api/schema/policies.js'),
  ]);
  try {
    const api = await openApi(cli, PATIENCE_MS);
    const { items } = await api.get('/policies', { answer: itemsOf(PolicyVersion) });
    return items.map(({ id }) => id);
  } catch {
    // Without an API there is nothing to suggest, and a shell has no place for a reason.
    return [];
  }
}

/** What the half-written path may become; a folder with its slash, to go on from. */
function files(half: string): string[] {
  const folder = half.slice(0, half.lastIndexOf('/') + 1);
  try {
    return readdirSync(folder || '.', { withFileTypes: true }).map(
      (entry) => `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`,
    );
  } catch {
    return [];
  }
}
