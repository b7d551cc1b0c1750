import type { Command } from 'commander';
import { below, listing, ordering, showing } from './cli';
import type { Cli, Listed, Ordered, Printed } from './cli';
import { filteringCustomers } from './customer-filter';
import type * as Orders from './customer-orders';
import type { ListOptions } from './show-customer';

/** `tarim customer …`. */
export function register(program: Command, cli: Cli): void {
  const customer = below(program, cli, 'customer', 'customer');
  registerReading(customer, cli);
  registerHolds(customer, cli);
  registerOrders(customer, cli);
  registerErasure(customer, cli);
}

function registerReading(customer: Command, cli: Cli): void {
  listing(filteringCustomers(below(customer, cli, 'list', 'customer.list'), cli), cli)
    .option('--sort <by>', cli.t('customer.list.sort'), 'number')
    .action(async (options: ListOptions) => {
      const { listCustomers } = await import('./show-customer.js');
      await listCustomers(cli, options);
    });
  showing(below(customer, cli, 'show <customer>', 'customer.show'), cli).action(
    async (customerNo: string, options: Printed) => {
      const { showCustomer } = await import('./show-customer.js');
      await showCustomer(cli, customerNo, options);
    },
  );
  showing(below(customer, cli, 'next <customer>', 'customer.next'), cli)
    .option('--csv', cli.t('opt.csv'))
    .action(async (customerNo: string, options: Printed) => {
      const { showNext } = await import('./show-customer.js');
      await showNext(cli, customerNo, options);
    });
  showing(below(customer, cli, 'timeline <customer>', 'customer.timeline'), cli)
    .option('--csv', cli.t('opt.csv'))
    .action(async (customerNo: string, options: Printed) => {
      const { showTimeline } = await import('./show-customer.js');
      await showTimeline(cli, customerNo, options);
    });
}

function registerHolds(customer: Command, cli: Cli): void {
  ordering(below(customer, cli, 'hold <customer>', 'customer.hold'), cli)
    .option('--from <day>', cli.t('hold.from'))
    .option('--until <day>', cli.t('hold.until'))
    .action(async (ref: string, options: Orders.HoldOptions) => {
      const { hold } = await import('./customer-orders.js');
      await hold(cli, { scope: 'customer', ref }, options);
    });
  ordering(below(customer, cli, 'release <customer>', 'customer.release'), cli).action(
    async (ref: string, options: Orders.HoldOptions) => {
      const { release } = await import('./customer-orders.js');
      await release(cli, { scope: 'customer', ref }, options);
    },
  );
}

function registerOrders(customer: Command, cli: Cli): void {
  ordering(below(customer, cli, 'escalate <customer>', 'customer.escalate'), cli)
    .option('--level <n>', cli.t('customer.escalate.level'))
    .option('--step <key>', cli.t('customer.escalate.step'))
    .action(async (customerNo: string, options: Orders.EscalateOptions) => {
      const { escalate } = await import('./customer-orders.js');
      await escalate(cli, customerNo, options);
    });
  ordering(below(customer, cli, 'promise <customer> <day>', 'customer.promise'), cli).action(
    async (customerNo: string, day: string, options: Orders.HoldOptions) => {
      const { promise } = await import('./customer-orders.js');
      await promise(cli, customerNo, day, options);
    },
  );
  ordering(below(customer, cli, 'offers <customer> <wanted>', 'customer.offers'), cli).action(
    async (customerNo: string, wanted: string, options: Ordered) => {
      const { offers } = await import('./customer-orders.js');
      await offers(cli, customerNo, wanted, options);
    },
  );
  ordering(below(customer, cli, 'skip <customer> <step>', 'customer.skip'), cli)
    .option('--bill <bill>', cli.t('customer.skip.bill'))
    .action(async (customerNo: string, step: string, options: Orders.SkipOptions) => {
      const { skip } = await import('./customer-orders.js');
      await skip(cli, customerNo, step, options);
    });
  ordering(below(customer, cli, 'dispute <bill>', 'customer.dispute'), cli)
    .option('--resolve <how>', cli.t('customer.dispute.resolve'))
    .action(async (billNo: string, options: Orders.DisputeOptions) => {
      const { dispute } = await import('./customer-orders.js');
      await dispute(cli, billNo, options);
    });
}

function registerErasure(customer: Command, cli: Cli): void {
  ordering(below(customer, cli, 'erase <customer>', 'customer.erase'), cli).action(
    async (customerNo: string, options: Ordered) => {
      const { erase } = await import('./erasures.js');
      await erase(cli, customerNo, options);
    },
  );
  listing(below(customer, cli, 'erasable', 'customer.erasable'), cli).action(
    async (options: Listed) => {
      const { listErasable } = await import('./erasures.js');
      await listErasable(cli, options);
    },
  );
}
