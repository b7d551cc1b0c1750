import type { Command } from 'commander';
import { below, showing, trying, type Cli } from './cli';

type ImportOptions = { dryRun?: boolean; id?: string; json?: boolean; rejects?: string };

const kinds = ['customers', 'bills', 'payments'] as const;

/** `tarim import customers|bills|payments FILE` and `tarim import status`. */
export function register(program: Command, cli: Cli): void {
  const imports = below(program, cli, 'import', 'import');
  for (const kind of kinds) {
    showing(trying(below(imports, cli, `${kind} <file>`, `import.${kind}`), cli), cli)
      .option('--rejects <path>', cli.t('import.rejectsPath'))
      .option('--id <key>', cli.t('opt.id'))
      .action(async (file: string, options: ImportOptions) => {
        const { importFile } = await import('./import-file.js');
        cli.endWith(await importFile(cli, { kind, file, ...options }));
      });
  }
  showing(below(imports, cli, 'status', 'import.status'), cli).action(
    async (options: { json?: boolean }) => {
      const { importStatus } = await import('./import-status.js');
      await importStatus(cli, options);
    },
  );
}
