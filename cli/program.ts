import { Command, Option } from 'commander';
import { register as registerApproval } from './approval';
import { register as registerAudit } from './audit';
import { register as registerBacktest } from './backtest';
import { register as registerBalances } from './balances';
import { register as registerBounces } from './bounces';
import { register as registerBulk } from './bulk';
import { register as registerCampaign } from './campaign';
import { below, type Cli } from './cli';
import { register as registerCustomer } from './customer';
import { register as registerDatabase } from './db';
import { register as registerExperiment } from './experiment';
import { register as registerExport } from './export';
import { register as registerGrade } from './grade';
import { register as registerHold } from './hold';
import { register as registerImport } from './import';
import { register as registerKpi } from './kpi';
import { register as registerLetter } from './letter';
import { register as registerLocal } from './local';
import { register as registerPay } from './pay';
import { register as registerPolicy } from './policy';
import { register as registerProposal } from './proposal';
import { register as registerRehearsal } from './rehearsal';
import { register as registerSimulate } from './simulate';
import { register as registerTask } from './task';
import { register as registerToken } from './token';
import { register as registerUser } from './user';
import type { Terminal } from './screen';
import { langs, type Word } from './words';

const subjects = [
  registerLocal,
  registerDatabase,
  registerImport,
  registerGrade,
  registerCampaign,
  registerCustomer,
  registerHold,
  registerBulk,
  registerTask,
  registerLetter,
  registerBounces,
  registerPay,
  registerBalances,
  registerExport,
  registerKpi,
  registerPolicy,
  registerExperiment,
  registerBacktest,
  registerSimulate,
  registerProposal,
  registerRehearsal,
  registerApproval,
  registerAudit,
  registerToken,
  registerUser,
];

/** The tree of all commands, with its help in the person's language. Nothing is carried out by building it. */
export function buildProgram(cli: Cli, { stdout, say }: Pick<Terminal, 'stdout' | 'say'>): Command {
  const { t } = cli;
  const program = new Command('tarim')
    .description(t('tarim'))
    .addOption(new Option('--lang <lang>', t('opt.lang')).choices([...langs]))
    .option('--api <url>', t('opt.api'))
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: say,
      // A mistake is said by run.ts, in the person's language.
      outputError: () => undefined,
    })
    .configureHelp({ showGlobalOptions: true, styleTitle: (title) => titleIn(cli, title) })
    .helpOption('-h, --help', t('help.help'))
    .helpCommand('help [command]', t('help.help'));
  for (const register of subjects) register(program, cli);
  registerCompletion(program, cli);
  inherit(program, cli);
  return program;
}

function registerCompletion(program: Command, cli: Cli): void {
  below(program, cli, 'complete <shell>', 'complete').action(async (shell: string) => {
    const { printScript } = await import('./complete.js');
    await printScript(cli, shell);
  });
}

/** What commander does not hand down to the commands below. */
function inherit(command: Command, cli: Cli): void {
  for (const each of command.commands) {
    if (each.commands.length > 0) each.helpCommand('help [command]', cli.t('help.help'));
    inherit(each, cli);
  }
}

const TITLES: Readonly<Record<string, Word>> = {
  'Usage:': 'help.usage',
  'Arguments:': 'help.arguments',
  'Options:': 'help.options',
  'Global Options:': 'help.globalOptions',
  'Commands:': 'help.commands',
};

function titleIn({ t }: Cli, title: string): string {
  const word = TITLES[title];
  return word === undefined ? title : t(word);
}
