import type { Command } from 'commander';
import type { Config } from '../config';

type ImportOptions = { dryRun?: boolean; json?: boolean; rejects?: string };

const kinds = ['customers', 'bills', 'payments'] as const;

/** `tarim import customers|bills|payments FILE` and `tarim import status`. */
export function register(program: Command, config: () => Config): void {
  const imports = program.command('import').description('bring CSV files into the book');
  for (const kind of kinds) {
    imports
      .command(`${kind} <file>`)
      .description(`import a file of ${kind}, CSV (UTF-8 or GB18030), gzipped or plain`)
      .option('--rejects <path>', 'where to write the rows that were not taken (beside the file)')
      .option('--dry-run', 'check the file against the book and write nothing')
      .option('--json', 'for programs')
      .action(async (file: string, options: ImportOptions) => {
        const { importFile } = await import('./import-file.js');
        process.exitCode = await importFile(config(), { kind, file, ...options });
      });
  }
  imports
    .command('status')
    .description('the files imported, and payments whose customer is not on the book')
    .option('--json', 'for programs')
    .action(async (options: { json?: boolean }) => {
      const { importStatus } = await import('./import-status.js');
      await importStatus(config(), options);
    });
}
