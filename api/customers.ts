import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { stationNow } from '../db/clock';
import { viewCustomer, type CustomerView } from '../db/customer-view';
import { NO_FILTER, type CustomerFilter } from '../db/customer-filter';
import { countCustomers, findCustomer, keyOf, listCustomers, SORTS } from '../db/customers';
import { forecast } from '../domain/forecast';
import type { Principal } from '../domain/permissions';
import type { Plan } from '../domain/plan';
import { timelineOf } from '../db/timeline';
import { experimentOfCustomer } from '../db/experiments';
import { sayHappened, sayPlan, sayStanding, type Language } from '../domain/words';
import { ownCustomer } from './access';
import { languageOf } from './language';
import type { Deps } from './deps';
import { pageOf, pageQuery, paged, readCursor } from './page';
import { notFound } from './problem';
import { route } from './route';
import { itemsOf } from './schema/answers';
import { CustomerNo, InstantIn } from './schema/common';
import {
  Customer,
  CustomerCount,
  customerFilter,
  Happened,
  Next,
  Standing,
} from './schema/customers';

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
    ...customerFilter,
    sort: z.enum(SORTS).default('number').describe('owed and overdue: the gravest first'),
  });
  route(
    app,
    'GET',
    '/customers',
    { ...about, summary: 'Customers', query, response: { 200: pageOf(Customer) } },
    async ({ query: { limit, cursor, sort, ...given }, principal: { stations } }) => {
      const after = readCursor(cursorOf[sort], cursor);
      const asOf = await stationNow(db);
      const filter = filterOf(given);
      const wanted = { stations, filter, asOf, sort, after, limit: limit + 1 };
      return paged(await listCustomers(db, wanted), limit, (row) => keyOf(sort, row));
    },
  );
  route(
    app,
    'GET',
    '/customers/count',
    {
      ...about,
      summary: 'How many customers a filter means',
      query: z.strictObject(customerFilter),
      response: { 200: CustomerCount },
    },
    async ({ query: given, principal: { stations } }) =>
      countCustomers(db, { stations, filter: filterOf(given), asOf: await stationNow(db) }),
  );
}

const keyed = <T extends z.ZodType>(value: T) => z.object({ value, customerNo: z.string() });
const cursorOf = {
  number: keyed(z.null()),
  owed: keyed(z.number().int()),
  overdue: keyed(z.iso.date().nullable()),
} as const;

/** A filter as it came by a query or a body; what was left out does not matter. */
export const filterOf = (given: z.output<z.ZodObject<typeof customerFilter>>): CustomerFilter => ({
  ...NO_FILTER,
  ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
});

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
    async ({ params: { customerNo }, principal, request }) => {
      const { openCycle, owedFen, penaltyFen, bills, plan } = await view(
        deps,
        principal,
        customerNo,
      );
      const asOf = await stationNow(deps.db);
      const customer = await findCustomer(deps.db, customerNo, asOf);
      const { oldestDueOn = null } = customer ?? {};
      const language = languageOf(request);
      return {
        ...customer,
        openCycle,
        experiment: await experimentOfCustomer(deps.db, customerNo),
        owedFen,
        penaltyFen,
        bills,
        next: plan === null ? null : nextOf(plan, language),
        text: sayStanding(language, { owedFen, penaltyFen, oldestDueOn, plan, asOf }),
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
    async ({ params: { customerNo }, principal, request }) => {
      const language = languageOf(request);
      const { account, openCycle } = await view(deps, principal, customerNo);
      if (account.policyId === null || openCycle === null) return { items: [] };
      const rules = await deps.book.rules(account.policyId);
      const plans = forecast(account.facts, rules, await stationNow(deps.db));
      return { items: plans.map((plan) => nextOf(plan, language)) };
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
      query: z.strictObject({ since: InstantIn.optional().describe('all of it when absent') }),
      response: { 200: itemsOf(Happened) },
    },
    async ({ params: { customerNo }, query: { since = null }, principal, request }) => {
      await ownCustomer(deps.db, principal, customerNo);
      const rows = await timelineOf(deps.db, customerNo, since);
      const language = languageOf(request);
      return { items: rows.map((row) => ({ ...row, text: sayHappened(language, row) })) };
    },
  );
}

/** A plan as the API tells it. */
export function nextOf(plan: Plan, language: Language): z.output<typeof Next> {
  const text = sayPlan(language, plan);
  const none = {
    text,
    stepKey: null,
    billNos: [],
    channels: [],
    tasks: [],
    because: [],
    why: null,
  };
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
