import type { Command } from 'commander';
import { below, showing, type Cli } from './cli';
import type { GradeOptions } from './grade-book';

/** `tarim grade`. */
export function register(program: Command, cli: Cli): void {
  showing(below(program, cli, 'grade', 'grade'), cli)
    .option('--csv', cli.t('grade.csv'))
    .option('--as-of <day>', cli.t('opt.asOf'))
    .action(async (options: GradeOptions) => {
      const { gradeAll } = await import('./grade-book.js');
      await gradeAll(cli, options);
    });
}
