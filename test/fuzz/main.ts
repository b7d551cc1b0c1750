import { Command } from 'commander';
import { fuzz } from './run';

const program = new Command('npm run fuzz:api --')
  .description('Asks the API everything that its own document allows, and much that it does not.')
  .option('--examples <n>', 'of each operation, by each role', '30')
  .option('--seed <n>', 'the same seed asks the same', '1')
  .action(async ({ examples, seed }: { examples: string; seed: string }) => {
    const faults = await fuzz({
      program: process.env['TARIM_SCHEMATHESIS'] ?? '',
      examples: whole(examples, 'examples'),
      seed: whole(seed, 'seed'),
    });
    for (const fault of faults) process.stderr.write(`${fault}\n`);
    if (faults.length > 0) process.exitCode = 1;
  });

function whole(text: string, name: string): number {
  if (!/^\d{1,6}$/.test(text)) program.error(`--${name} must be a whole number; it is ${text}.`);
  return Number(text);
}

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
});
