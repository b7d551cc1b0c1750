import type { Command } from 'commander';
import { below, showing, trying, type Cli } from './cli';
import type { GradeOptions } from './grade-book';

/** `tarim grade`. */
export function register(program: Command, cli: Cli): void {
  showing(trying(below(program, cli, 'grade', 'grade'), cli), cli)
    .option('--csv', cli.t('grade.csv'))
    .option('--as-of <day>', cli.t('opt.asOf'))
    .option('--station <code>', cli.t('opt.station'))
    .option('--write', cli.t('grade.write'))
    .option('--reason <text>', cli.t('opt.reason'))
    .option('--id <key>', cli.t('opt.id'))
    .action(async (options: GradeOptions) => {
      const { gradeAll } = await import('./grade-book.js');
      await gradeAll(cli, options);
    });
}
