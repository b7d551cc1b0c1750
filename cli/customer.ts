import { userInfo } from 'node:os';
import type { Command } from 'commander';
import type { Config } from '../config';
import type { HoldOptions, OrderOptions } from './order-customer';

const REASON = ['--reason <text>', 'why; it is kept with who and when'] as const;
const ACTOR = ['--actor <id>', 'who orders it', userInfo().username] as const;

/** `tarim customer show|next|hold|release|escalate|dispute|resolve`. */
export function register(program: Command, config: () => Config): void {
  const customer = program
    .command('customer')
    .description('one customer: where it stands, and orders');
  customer
    .command('show <customer>')
    .description('balance, level, bills, and everything on record, also what was not done and why')
    .option('--json', 'for programs')
    .action(async (customerNo: string, options: { json?: boolean }) => {
      const { showCustomer } = await import('./show-customer.js');
      await showCustomer(config(), customerNo, options);
    });
  customer
    .command('next <customer>')
    .description('the next five steps and when')
    .option('--json', 'for programs')
    .action(async (customerNo: string, options: { json?: boolean }) => {
      const { showNext } = await import('./show-customer.js');
      await showNext(config(), customerNo, options);
    });
  registerHolds(customer, config);
  registerOrders(customer, config);
}

function registerHolds(customer: Command, config: () => Config): void {
  customer
    .command('hold [ref]')
    .description(
      'stop policy time: over a customer, or with --scope over a bill, a station or everything',
    )
    .requiredOption(...REASON)
    .option('--scope <scope>', 'customer, bill, station or everything', 'customer')
    .option('--from <day>', 'a day or an instant; now when absent')
    .option('--until <day>', 'a day or an instant; until further notice when absent')
    .option(...ACTOR)
    .option('--id <id>', 'makes a repeat safe')
    .option('--dry-run', 'say how many customers it would stop')
    .action(async (ref: string | undefined, options: HoldOptions) => {
      const { hold } = await import('./order-customer.js');
      await hold(config(), ref ?? '', options);
    });
  customer
    .command('release [ref]')
    .description('end a hold; every ladder resumes where it stood')
    .requiredOption(...REASON)
    .option('--scope <scope>', 'customer, bill, station or everything', 'customer')
    .option('--at <day>', 'a day or an instant; now when absent')
    .option(...ACTOR)
    .option('--id <id>', 'makes a repeat safe')
    .option('--dry-run', 'say how many customers it would concern')
    .action(async (ref: string | undefined, options: HoldOptions) => {
      const { release } = await import('./order-customer.js');
      await release(config(), ref ?? '', options);
    });
}

function registerOrders(customer: Command, config: () => Config): void {
  customer
    .command('escalate <customer>')
    .description('to a graver level from now on, or to a step now')
    .option('--level <n>', '1 (gravest), 2 or 3')
    .option('--step <key>', 'such as demand or review')
    .requiredOption(...REASON)
    .option('--at <day>', 'a day or an instant; now when absent')
    .option(...ACTOR)
    .option('--id <id>', 'makes a repeat safe')
    .action(
      async (customerNo: string, options: OrderOptions & { level?: string; step?: string }) => {
        const { escalate } = await import('./order-customer.js');
        await escalate(config(), customerNo, options);
      },
    );
  customer
    .command('dispute <bill>')
    .description('the customer disputes a bill: it waits, the others go on; with --resolve it ends')
    .option('--resolve <how>', 'upheld or rejected')
    .requiredOption(...REASON)
    .option('--at <day>', 'a day or an instant; now when absent')
    .option(...ACTOR)
    .option('--id <id>', 'makes a repeat safe')
    .action(async (billNo: string, options: OrderOptions & { resolve?: string }) => {
      const { dispute } = await import('./order-customer.js');
      await dispute(config(), billNo, options);
    });
}
