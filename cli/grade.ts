import type { Command } from 'commander';
import type { Config } from '../config';
import type { GradeOptions } from './grade-book';

/** `tarim grade`. */
export function register(program: Command, config: () => Config): void {
  program
    .command('grade')
    .description('grade every customer as of a day; nothing is written')
    .option('--as-of <day>', 'a day or an instant; now when absent')
    .option('--csv', 'customer_no,level,score')
    .option('--json', 'with every point and its reason')
    .action(async (options: GradeOptions) => {
      const { gradeAll } = await import('./grade-book.js');
      await gradeAll(config(), options);
    });
}
