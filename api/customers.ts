import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { stationNow } from '../db/clock';
import { viewCustomer, type CustomerView } from '../db/customer-view';
import { findCustomer, listCustomers } from '../db/customers';
import { forecast } from '../domain/forecast';
import type { Principal } from '../domain/permissions';
import type { Plan } from '../domain/plan';
import { ownCustomer } from './access';
import type { Deps } from './deps';
import { pageOf, pageQuery, paged, readCursor } from './page';
import { notFound } from './problem';
import { route } from './route';
import { CustomerNo, printable, Station } from './schema/common';
import { itemsOf } from './schema/answers';
import { Customer, Happened, Next, Standing } from './schema/customers';

const params = z.strictObject({ customerNo: CustomerNo });

/** Customers: who they are, where they stand and why, what comes next, and all that happened or did not. */
export function registerCustomers(app: FastifyInstance, deps: Deps): void {
  list(app, deps);
  standing(app, deps);
  explain(app, deps);
}

const about = { permission: 'customer.read', tag: 'customers' } as const;

function list(app: FastifyInstance, { db }: Deps): void {
  const query = z.strictObject({
    ...pageQuery,
    station: Station.optional(),
    search: z.string().min(1).max(64).refine(printable, 'no control characters').optional(),
  });
  route(
    app,
    'GET',
    '/customers',
    { ...about, summary: 'Customers by number', query, response: { 200: pageOf(Customer) } },
    async ({
      query: { limit, cursor, station = null, search = null },
      principal: { stations },
    }) => {
      const after = readCursor(z.string(), cursor);
      const rows = await listCustomers(db, { stations, station, search, after, limit: limit + 1 });
      return paged(rows, limit, ({ customerNo }) => customerNo);
    },
  );
}

/** @throws ProblemError 404 for an unknown customer and for one of another station. */
async function view(
  { db, book }: Deps,
  principal: Principal,
  customerNo: string,
): Promise<CustomerView> {
  await ownCustomer(db, principal, customerNo);
  const found = await viewCustomer(db, book, customerNo, await stationNow(db));
  if (found === null) throw notFound(`customer ${customerNo}`);
  return found;
}

function standing(app: FastifyInstance, deps: Deps): void {
  route(
    app,
    'GET',
    '/customers/:customerNo',
    { ...about, summary: 'Where a customer stands', params, response: { 200: Standing } },
    async ({ params: { customerNo }, principal }) => {
      const { openCycle, owedFen, penaltyFen, bills, plan } = await view(
        deps,
        principal,
        customerNo,
      );
      const customer = await findCustomer(deps.db, customerNo);
      return {
        ...customer,
        openCycle,
        owedFen,
        penaltyFen,
        bills,
        next: plan === null ? null : nextOf(plan),
      };
    },
  );
}

function explain(app: FastifyInstance, deps: Deps): void {
  route(
    app,
    'GET',
    '/customers/:customerNo/next',
    {
      ...about,
      summary: 'The next five steps, if nothing changes',
      params,
      response: { 200: itemsOf(Next) },
    },
    async ({ params: { customerNo }, principal }) => {
      const { account, openCycle } = await view(deps, principal, customerNo);
      if (account.policyId === null || openCycle === null) return { items: [] };
      const rules = await deps.book.rules(account.policyId);
      return { items: forecast(account.facts, rules, await stationNow(deps.db)).map(nextOf) };
    },
  );
  route(
    app,
    'GET',
    '/customers/:customerNo/timeline',
    {
      ...about,
      summary: 'All that happened, and what did not with its reason',
      params,
      response: { 200: itemsOf(Happened) },
    },
    async ({ params: { customerNo }, principal }) => {
      return { items: (await view(deps, principal, customerNo)).timeline };
    },
  );
}

/** A plan as the API tells it. */
function nextOf(plan: Plan): z.output<typeof Next> {
  const none = { stepKey: null, billNos: [], channels: [], tasks: [], because: [], why: null };
  const { at } = plan;
  if (plan.do === 'contact') {
    const { stepKey, billNos, channels, tasks, because } = plan;
    return {
      ...none,
      at,
      do: plan.do,
      stepKey,
      billNos: [...billNos],
      channels: [...channels],
      tasks: [...tasks],
      because: [...because],
    };
  }
  if (plan.do === 'raiseLevel')
    return { ...none, at, do: plan.do, stepKey: plan.stepKey, billNos: [plan.billNo] };
  if (plan.do === 'close') return { ...none, at, do: plan.do, why: plan.outcome };
  if (plan.do === 'wait' || plan.do === 'proposeDevice')
    return { ...none, at, do: plan.do, why: plan.why };
  return { ...none, at, do: plan.do };
}
