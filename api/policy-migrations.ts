import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { orderBulk } from '../db/bulk-orders';
import { countReach, type BulkFilter } from '../db/bulk-reach';
import { stationNow } from '../db/clock';
import { migrationPreview, noLadder, type Move } from '../db/policy-migrations';
import { freshenStandings } from '../db/standings';
import type { Principal } from '../domain/permissions';
import { parseInstant } from '../domain/time';
import type { Language } from '../domain/words';
import { ownStation } from './access';
import { filterOf, nextOf } from './customers';
import type { Deps } from './deps';
import { languageOf, readBy } from './language';
import { pageOf, pageQuery, paged, readCursor } from './page';
import { known } from './policies';
import { ProblemError } from './problem';
import { done, orderOf, Reason, route } from './route';
import { BulkDone } from './schema/bulk-orders';
import { InstantIn } from './schema/common';
import { customerFilter } from './schema/customers';
import { MonthMove, PolicyId } from './schema/policies';

const tag = 'policies';
const permission = 'policy.migrate';
const params = z.strictObject({ id: PolicyId });
/** Each row folds two ladders. */
const PAGE_MAX = 100;

/** Running months moved to another version of the ladder: which, when, and what changes for them; carried out as a bulk order. */
export function registerPolicyMigrations(app: FastifyInstance, deps: Deps): void {
  preview(app, deps);
  order(app, deps);
}

function preview(app: FastifyInstance, { db, book }: Deps): void {
  route(
    app,
    'GET',
    '/policies/:id/migration',
    {
      permission,
      tag,
      summary:
        'The running months under other versions, each with its next step now and under this one',
      params,
      query: z.strictObject({ ...pageQuery, ...customerFilter }),
      response: { 200: pageOf(MonthMove) },
    },
    async (call) => {
      const { limit: asked, cursor, ...given } = call.query;
      const limit = Math.min(asked, PAGE_MAX);
      const { id: policyId, kind } = await known(db, call.params.id);
      if (kind !== 'ladder') throw new ProblemError('refused', noLadder(policyId, kind));
      const filter = await reachOf(db, call.principal, { ...given, policyId });
      const at = await stationNow(db);
      await freshenStandings(db, at);
      const after = readCursor(z.string(), cursor) ?? '';
      const rows = await migrationPreview(db, book, {
        ...{ policyId, filter, after, at, limit: limit + 1 },
      });
      const { items, ...rest } = paged(
        rows.map(readBy(call.request)),
        limit,
        ({ customerNo }) => customerNo,
      );
      const language = languageOf(call.request);
      return { ...rest, items: items.map((move) => told(move, language)) };
    },
  );
}

const told = ({ before, after, ...move }: Move, language: Language) => {
  const steps = { before: nextOf(before, language), after: nextOf(after, language) };
  const changes = JSON.stringify(steps.before) !== JSON.stringify(steps.after);
  return { ...move, ...steps, changes };
};

function order(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'POST',
    '/policies/:id/migration',
    {
      permission,
      tag,
      dryRun: true,
      summary: 'Move running months to this version, at once or from an instant, as a bulk order',
      params,
      body: z.strictObject({
        filter: z.strictObject(customerFilter).default({}),
        beginsAt: InstantIn.optional().describe('at once when absent'),
        expected: z.int().min(1).optional().describe('the count you saw; another is refused'),
        reason: Reason,
      }),
      response: { 200: BulkDone },
    },
    async (call) => {
      const { expected = null, reason, beginsAt: text } = call.body;
      const { id: policyId } = await known(db, call.params.id);
      const filter = await reachOf(db, call.principal, { ...call.body.filter, policyId });
      const beginsAt = text === undefined ? null : parseInstant(text);
      const given = await orderOf(db, call, reason);
      await freshenStandings(db, given.at);
      const total = await countReach(db, { kind: 'migrate', filter }, given.at);
      const wanted = { kind: 'migrate', filter, until: null, beginsAt, expected } as const;
      const answer = done(given, await orderBulk(db, given, wanted));
      const when = beginsAt === null ? 'at once' : `from ${beginsAt} on`;
      const would = `${total} running months would go on under ${policyId}, ${when}.`;
      return { ...answer, total, would: given.dryRun === true ? would : null };
    },
  );
}

type Given = z.output<z.ZodObject<typeof customerFilter>> & Readonly<{ policyId: string }>;

/** Within the person's stations, for good. @throws ProblemError 404 for another station. */
async function reachOf(
  db: Deps['db'],
  principal: Principal,
  { policyId, ...given }: Given,
): Promise<BulkFilter> {
  if (given.station !== undefined) await ownStation(db, principal, given.station);
  return {
    ...filterOf(given),
    ...{ stations: principal.stations, heldBy: null, toPolicy: policyId },
  };
}
