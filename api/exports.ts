import type { FastifyInstance } from 'fastify';
import { listAudit } from '../db/audit';
import { readBalances } from '../db/balances';
import { keyOf, listCustomers, type After } from '../db/customers';
import { listBills } from '../db/list-bills';
import { listMessages } from '../db/list-messages';
import { listPayments } from '../db/list-payments';
import { listTasks } from '../db/tasks';
import { toDate } from '../domain/time';
import { billsOf } from './bills';
import { filterOf } from './customers';
import type { Deps } from './deps';
import { byKey, exporting, fieldsOf, inPages, PAGE } from './exporting';
import { messagesOf } from './messages';
import { paymentsOf } from './payments';
import { auditFilter, Entry } from './schema/audit';
import { Bill, billFilter } from './schema/bills';
import { DateIn } from './schema/common';
import { Customer, customerFilter } from './schema/customers';
import { Message, messageFilter } from './schema/messages';
import { paymentFilter, ReceivedPayment } from './schema/payments';
import { Task } from './schema/tasks';
import { taskFilter, tasksOf } from './task-filter';

type Key = readonly [string, string];

/**
 * The lists as files for a spreadsheet, with the lists' own filters, of the caller's stations. Read page by page while it is taken, so that a
 * slow reader holds nothing in the database; what changes meanwhile may be in it or not. Each is on record before its first line.
 */
export function registerExports(app: FastifyInstance, deps: Deps): void {
  people(app, deps);
  money(app, deps);
  work(app, deps);
}

function people(app: FastifyInstance, deps: Deps): void {
  const { db } = deps;
  exporting(app, deps, {
    ...{ what: 'customers', permission: 'customer.read', filter: customerFilter },
    fields: fieldsOf(Customer),
    pages({ given, principal: { stations }, asOf }) {
      const wanted = {
        stations,
        filter: filterOf(given),
        asOf,
        sort: 'number',
        limit: PAGE,
      } as const;
      return byKey(
        (after: After | null) => listCustomers(db, { ...wanted, after }),
        (row) => keyOf('number', row),
      );
    },
  });
  exporting(app, deps, {
    ...{ what: 'messages', permission: 'message.read', filter: messageFilter },
    fields: fieldsOf(Message),
    pages: ({ given, principal: { stations } }) =>
      byKey(
        (after: Key | null) =>
          listMessages(db, { ...messagesOf(given), stations, after, limit: PAGE }),
        ({ sendingAt, id }): Key => [sendingAt, id],
      ),
  });
}

function money(app: FastifyInstance, deps: Deps): void {
  const { db, config } = deps;
  exporting(app, deps, {
    ...{ what: 'bills', permission: 'money.read', filter: billFilter },
    fields: fieldsOf(Bill),
    pages: ({ given, principal: { stations }, asOf }) =>
      byKey(
        (after: Key | null) =>
          listBills(db, { ...billsOf(given), stations, asOf, after, limit: PAGE }),
        ({ dueOn, billNo }): Key => [dueOn, billNo],
      ),
  });
  exporting(app, deps, {
    ...{ what: 'payments', permission: 'money.read', filter: paymentFilter },
    fields: fieldsOf(ReceivedPayment),
    pages: ({ given, principal: { stations } }) =>
      byKey(
        (after: Key | null) =>
          listPayments(db, { ...paymentsOf(given), stations, after, limit: PAGE }),
        ({ receivedAt, paymentRef }): Key => [receivedAt, paymentRef],
      ),
  });
  const day = DateIn.optional().describe('at the end of that day; the whole book when absent');
  exporting(app, deps, {
    ...{ what: 'balances', permission: 'money.read', filter: { asOf: day } },
    fields: ['customerNo', 'balanceFen'],
    pages: ({ given: { asOf }, principal: { stations } }) => {
      const until = asOf === undefined ? null : toDate(asOf);
      return inPages(readBalances(config.DATABASE_URL ?? '', until, stations));
    },
  });
}

function work(app: FastifyInstance, deps: Deps): void {
  const { db } = deps;
  exporting(app, deps, {
    ...{ what: 'tasks', permission: 'task.read', filter: taskFilter },
    fields: fieldsOf(Task),
    pages({ given, principal, asOf }) {
      const { stations } = principal;
      const wanted = { stations, filter: tasksOf(given, principal, asOf), asOf, limit: PAGE };
      return byKey(
        (after: Key | null) => listTasks(db, { ...wanted, after }),
        ({ dueAt, id }): Key => [dueAt, id],
      );
    },
  });
  exporting(app, deps, {
    ...{ what: 'audit', permission: 'audit.read', filter: auditFilter },
    fields: fieldsOf(Entry),
    pages({ given: { actor = null, kind = null, customerNo = null }, principal: { stations } }) {
      const wanted = { stations, actor, kind, customerNo, limit: PAGE };
      return byKey(
        (after: Key | null) => listAudit(db, { ...wanted, after }),
        ({ recordedAt, id }): Key => [recordedAt, id],
      );
    },
  });
}
