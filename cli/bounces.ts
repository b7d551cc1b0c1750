import type { Command } from 'commander';
import { below, type Cli } from './cli';

/** `tarim bounces read`. */
export function register(program: Command, cli: Cli): void {
  const bounces = below(program, cli, 'bounces', 'bounces');
  below(bounces, cli, 'read <path>', 'bounces.read').action(async (path: string) => {
    const { readBounces } = await import('./read-bounces.js');
    await readBounces(cli, path);
  });
}
