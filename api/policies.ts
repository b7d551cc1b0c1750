import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requestApproval } from '../db/approvals';
import { stationNow } from '../db/clock';
import type { Evidence } from '../db/evidence';
import {
  draftPolicy,
  policyVersion,
  policyVersions,
  replaceDraft,
  withdrawDraft,
  type Draft,
  type PolicyDocument,
} from '../db/policy-versions';
import { policyFaults, type LadderBody, type PolicyBody } from '../domain/policy-check';
import { policyChanges } from '../domain/policy-diff';
import { ladderColumns, ladderTable } from '../domain/policy-table';
import { dateOf, toDate } from '../domain/time';
import { sayFault } from '../domain/words';
import { allStations } from './access';
import type { Deps } from './deps';
import { languageOfProblem } from './language';
import { notFound, ProblemError } from './problem';
import { done, Done, orderOf, Reason, route, type Call } from './route';
import { itemsOf } from './schema/answers';
import { OrderId } from './schema/common';
import {
  DraftBody,
  Policy,
  PolicyDiff,
  PolicyId,
  PolicyKind,
  PolicyVersion,
} from './schema/policies';

const tag = 'policies';
const params = z.strictObject({ id: PolicyId });
/** What an activation stands on. */
export const EvidenceIn = {
  simulationId: OrderId.optional().describe(
    'a finished simulation of it against the one in force: its report goes to who decides',
  ),
  withoutReport: Reason.optional().describe('why there is no such report'),
};
/** Ten times the default policy. */
const BODY_LIMIT = 128 * 1024;

/** The rules as dated versions: read, told apart, drafted, and asked to be put in force. */
export function registerPolicies(app: FastifyInstance, deps: Deps): void {
  read(app, deps);
  compare(app, deps);
  draft(app, deps);
  activate(app, deps);
}

function read(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'GET',
    '/policies',
    {
      permission: 'policy.read',
      tag,
      summary: 'Every version, by kind, the latest day first',
      query: z.strictObject({ kind: PolicyKind.optional() }),
      response: { 200: itemsOf(PolicyVersion) },
    },
    async ({ query: { kind } }) => {
      const all = await policyVersions(db, dateOf(await stationNow(db)));
      return { items: all.filter((row) => kind === undefined || row.kind === kind) };
    },
  );
  route(
    app,
    'GET',
    '/policies/:id',
    {
      permission: 'policy.read',
      tag,
      summary: 'One version: the document, its ladder as a table, and what it breaks',
      params,
      response: { 200: Policy },
    },
    async (call) => {
      const policy = await known(db, call.params.id);
      const { kind, body } = policy;
      const ladder = kind === 'ladder' ? ladderTable(body as LadderBody) : [];
      const language = languageOfProblem(call.request);
      const faults = policyFaults(kind, body).map(({ path, message }) => ({
        path,
        message: sayFault(language, message),
      }));
      return { ...policy, columns: ladderColumns, ladder, faults };
    },
  );
}

function compare(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'GET',
    '/policies/:id/diff',
    {
      permission: 'policy.read',
      tag,
      summary: 'What changes from another version to this one',
      params,
      query: z.strictObject({
        against: PolicyId.optional().describe('the one in force when absent'),
      }),
      response: { 200: PolicyDiff },
    },
    async ({ params: { id }, query: { against } }) => {
      const after = await known(db, id);
      const before = await known(db, against ?? (await inForce(db, after)));
      if (before.kind !== after.kind)
        throw new ProblemError(
          'refused',
          `${before.id} is a ${before.kind} policy and ${id} a ${after.kind} policy: they cannot be compared.`,
        );
      const changes = policyChanges(before.body, after.body);
      return { before: before.id, after: id, changes };
    },
  );
}

async function inForce(db: Deps['db'], { id, kind }: PolicyDocument): Promise<string> {
  const all = await policyVersions(db, dateOf(await stationNow(db)));
  return all.find((row) => row.kind === kind && row.state === 'inForce')?.id ?? id;
}

function draft(app: FastifyInstance, { db }: Deps): void {
  const spec = { permission: 'policy.draft', tag, dryRun: true, bodyLimit: BODY_LIMIT } as const;
  route(
    app,
    'POST',
    '/policies',
    {
      ...spec,
      summary: 'Draft a version; in force nowhere until two people activate it',
      body: z.strictObject({ id: PolicyId, draft: DraftBody, reason: Reason }),
      response: { 201: Done },
    },
    (call) => enter(db, call, { ...call.body, write: draftPolicy }),
  );
  route(
    app,
    'PUT',
    '/policies/:id',
    {
      ...spec,
      summary: 'Put another draft in the place of a draft',
      params,
      body: z.strictObject({ draft: DraftBody, reason: Reason }),
      response: { 200: Done },
    },
    async (call) => {
      const { id } = await known(db, call.params.id);
      return enter(db, call, { ...call.body, id, write: replaceDraft });
    },
  );
  route(
    app,
    'POST',
    '/policies/:id/withdrawal',
    {
      ...spec,
      summary: 'Take a draft off the file',
      params,
      body: z.strictObject({ reason: Reason }),
      response: { 200: Done },
    },
    async (call) => {
      const { id } = await known(db, call.params.id);
      const order = await orderOf(db, call, call.body.reason);
      return done(order, await withdrawDraft(db, order, id));
    },
  );
}

type Entered = Readonly<{
  id: string;
  draft: z.output<typeof DraftBody>;
  reason: string;
  write: typeof draftPolicy;
}>;

/** @throws ProblemError 409 with every rule that the body breaks, each with its place. */
async function enter(
  db: Deps['db'],
  call: Pick<Call<z.ZodType, z.ZodType, z.ZodType>, 'principal' | 'request'>,
  { id, draft: { kind, effectiveFrom, body }, reason, write }: Entered,
): Promise<unknown> {
  const given: Draft = {
    id,
    kind,
    effectiveFrom: toDate(effectiveFrom),
    body: body as PolicyBody,
  };
  const order = await orderOf(db, call, reason);
  const result = await write(db, order, given);
  const errors = result.kind === 'refused' ? policyFaults(kind, given.body) : [];
  if (result.kind === 'refused' && errors.length > 0)
    throw new ProblemError('refused', result.because, { errors });
  return done(order, result);
}

function activate(app: FastifyInstance, { db, book }: Deps): void {
  route(
    app,
    'POST',
    '/policies/:id/activation',
    {
      permission: 'policy.activate',
      tag,
      dryRun: true,
      summary: 'Ask to put a draft in force from its day; another person decides',
      params,
      body: z.strictObject({ reason: Reason, ...EvidenceIn }),
      response: { 200: Done },
    },
    async (call) => {
      allStations(call.principal, 'A policy');
      const { id: policyId } = await known(db, call.params.id);
      const { reason, ...evidence } = call.body;
      const order = await orderOf(db, call, reason);
      const wanted = { kind: 'policyActivation', policyId, ...given(evidence) } as const;
      return done(order, await requestApproval(db, book, order, wanted));
    },
  );
}

/** Only what was said. */
export const given = ({
  simulationId,
  withoutReport,
}: Readonly<{
  simulationId?: string | undefined;
  withoutReport?: string | undefined;
}>): Evidence => ({
  ...(simulationId === undefined ? {} : { simulationId }),
  ...(withoutReport === undefined ? {} : { withoutReport }),
});

/** One version with its document. @throws ProblemError 404 when there is none. */
export async function known(db: Deps['db'], id: string): Promise<PolicyDocument> {
  const policy = await policyVersion(db, id, dateOf(await stationNow(db)));
  if (policy === null) throw notFound(`policy ${id}`);
  return policy;
}
