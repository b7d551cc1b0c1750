import type { Command } from 'commander';
import { below, listing, ordering, type Cli, type Listed, type Ordered } from './cli';
import type { NewTokenOptions } from './tokens';

/** `tarim token list|create|revoke`: one's own. */
export function register(program: Command, cli: Cli): void {
  const { t } = cli;
  const token = below(program, cli, 'token', 'token');
  listing(below(token, cli, 'list', 'token.list'), cli).action(async (options: Listed) => {
    const { listTokens } = await import('./tokens.js');
    await listTokens(cli, options);
  });
  below(token, cli, 'create <name>', 'token.create')
    .requiredOption('--scope <permission...>', t('token.create.scope'))
    .option('--days <n>', t('token.create.days'), '90')
    .requiredOption('--reason <text>', t('opt.reason'))
    .option('--json', t('opt.json'))
    .action(async (name: string, options: NewTokenOptions) => {
      const { createToken } = await import('./tokens.js');
      await createToken(cli, name, options);
    });
  ordering(below(token, cli, 'revoke <token>', 'token.revoke'), cli).action(
    async (id: string, options: Ordered) => {
      const { revokeToken } = await import('./tokens.js');
      await revokeToken(cli, id, options);
    },
  );
}
