import type { Command } from 'commander';
import type { Config } from '../config';

/** `tarim policy list|show`. */
export function register(program: Command, config: () => Config): void {
  const policy = program.command('policy').description('the rules: versioned rows');
  policy
    .command('list')
    .description('every version on file')
    .option('--json', 'for programs')
    .action(async (options: { json?: boolean }) => {
      const { listPolicies } = await import('./policies.js');
      await listPolicies(config(), options);
    });
  policy
    .command('show <id>')
    .description('one version, as JSON')
    .action(async (id: string) => {
      const { showPolicy } = await import('./policies.js');
      await showPolicy(config(), id);
    });
}
