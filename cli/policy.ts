import type { Command } from 'commander';
import { below, showing, type Cli } from './cli';

/** `tarim policy list|show`. */
export function register(program: Command, cli: Cli): void {
  const policy = below(program, cli, 'policy', 'policy');
  showing(below(policy, cli, 'list', 'policy.list'), cli).action(
    async (options: { json?: boolean }) => {
      const { listPolicies } = await import('./policies.js');
      await listPolicies(cli, options);
    },
  );
  below(policy, cli, 'show <id>', 'policy.show').action(async (id: string) => {
    const { showPolicy } = await import('./policies.js');
    await showPolicy(cli, id);
  });
}
