import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify';
import { z } from 'zod';
import { stationNow } from '../db/clock';
import type { Sql } from '../db/client';
import type { CommandResult, Order } from '../db/commands';
import type { Permission, Principal } from '../domain/permissions';
import { ProblemError } from './problem';
import { Done, Problem } from './schema/answers';
import { printable } from './schema/common';

/** What a route asks of its caller. `public`: nothing, because it checks by itself (sign-in, signed callbacks); `signedIn`: to be somebody. */
export type Access = Permission | 'public' | 'signedIn';

declare module 'fastify' {
  interface FastifyContextConfig {
    permission?: Access;
    /** Whether its body may take minutes to come. */
    slow?: boolean;
    /** Whether a page of Temporal may ask for it in the person's name: what it does is telling. */
    forTemporalUi?: boolean;
  }
  interface FastifyRequest {
    /** Who calls; null only on public routes. */
    principal: Principal | null;
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Nothing = z.ZodObject<Record<string, never>, z.core.$strict>;

export type Spec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = Readonly<{
  permission: Access;
  summary: string;
  tag: string;
  params?: P;
  query?: Q;
  body?: B;
  /** By status; a 2xx only. Problems are added for all routes. Content types other than JSON: `{ content: … }` as in OpenAPI. */
  response: Readonly<Record<number, unknown>>;
  /** Bytes of body; 64 KiB when absent. */
  bodyLimit?: number;
  /** Content types of a body that is a file: the handler reads it as it comes. Its own plugin says so to the framework. */
  files?: readonly string[];
  /** Whether the body is a form and nothing else, as providers send it. */
  form?: boolean;
  /** Whether the body may take minutes to come. */
  slow?: boolean;
  /** Whether Temporal's web page may ask for it, too (TEMPORAL_UI_ORIGIN): only for what changes nothing. */
  forTemporalUi?: boolean;
  /** Whether `X-Dry-Run: true` is understood: for a route that is one order (`orderOf`) and does nothing besides. Elsewhere it is refused. */
  dryRun?: boolean;
}>;

export type Call<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = Readonly<{
  params: z.output<P>;
  query: z.output<Q>;
  body: z.output<B>;
  /** @throws on a public route, which has nobody. */
  principal: Principal;
  request: FastifyRequest;
  reply: FastifyReply;
}>;

const BODY_LIMIT = 64 * 1024;
const nothing: Nothing = z.strictObject({});
const problem = {
  description: 'A problem',
  content: { 'application/problem+json': { schema: Problem } },
};

/**
 * Registers one route: who may, what comes in, what goes out. What comes in is checked against strict shapes, what goes out is cut to its shape.
 * The handler's value is the answer (200, or 201 when that is the only success named).
 */
export function route<
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
>(
  app: FastifyInstance,
  method: Method,
  url: string,
  spec: Spec<P, Q, B>,
  handler: (call: Call<P, Q, B>) => Promise<unknown>,
): void {
  const { permission, summary, tag, response, bodyLimit = BODY_LIMIT } = spec;
  const successes = Object.keys(response).map(Number);
  const options: RouteShorthandOptions = {
    bodyLimit,
    config: {
      permission,
      slow: spec.slow === true,
      forTemporalUi: spec.forTemporalUi === true,
    },
    schema: {
      summary,
      tags: [tag],
      operationId: `${method.toLowerCase()}${url.replace(/[^A-Za-z0-9]+(\w)/g, (_, letter: string) => letter.toUpperCase()).replace(/\W/g, '')}`,
      ...(permission === 'public' ? { security: [] } : {}),
      params: spec.params ?? nothing,
      querystring: spec.query ?? nothing,
      ...(spec.dryRun === true ? { headers: dryRunHeader } : {}),
      ...(spec.body === undefined ? {} : { body: spec.body }),
      ...(spec.form === true ? { consumes: ['application/x-www-form-urlencoded'] } : {}),
      ...(spec.files === undefined ? {} : { body: file, consumes: [...spec.files] }),
      response: { ...response, '4xx': problem, '5xx': problem },
    },
  };
  app.route({
    method,
    url,
    ...options,
    handler: async (request, reply) => {
      const [only] = successes;
      if (isDryRun(request) && spec.dryRun !== true)
        throw new ProblemError('badRequest', 'This address has no dry run. Nothing was done.');
      if (successes.length === 1 && only !== undefined) reply.code(only);
      const answer = await handler({
        params: request.params as z.output<P>,
        query: request.query as z.output<Q>,
        body: request.body as z.output<B>,
        get principal() {
          return principalOf(request);
        },
        request,
        reply,
      });
      return answer === undefined ? reply.send() : answer;
    },
  });
}

const file = z.any().meta({ type: 'string', format: 'binary' });

const dryRunHeader = z.looseObject({
  'x-dry-run': z
    .literal('true')
    .optional()
    .describe('carry the order out and take it back: only what would become of it is told'),
});

/** Whether only what would become of an order is asked for. Any value asks; whoever sends another than `true` is told so. */
export const isDryRun = ({ headers }: FastifyRequest): boolean =>
  headers['x-dry-run'] !== undefined;

/** The framework answers HEAD by doing what GET does; but what nobody gets must not be on record. */
export function refuseHead({ method }: FastifyRequest): void {
  if (method !== 'HEAD') return;
  throw new ProblemError('methodNotAllowed', 'Only GET can be done here.', {
    headers: { allow: 'GET' },
  });
}

function principalOf({ principal }: FastifyRequest): Principal {
  if (principal === null) throw new RangeError('a public route asked who calls');
  return principal;
}

/** Why: it is kept with who and when. */
export const Reason = z
  .string()
  .trim()
  .min(1, 'say why')
  .max(500, 'at most 500 characters')
  .refine(printable, 'no control characters');

const KEY = /^[\x21-\x7e]{1,120}$/;

/** The order that a call is: its `Idempotency-Key` is the order's id, so the second of the same changes nothing. */
export async function orderOf(
  sql: Sql,
  { request, principal }: Pick<Call<Nothing, Nothing, Nothing>, 'request' | 'principal'>,
  reason: string,
): Promise<Order> {
  const key = request.headers['idempotency-key'];
  if (key !== undefined && (typeof key !== 'string' || !KEY.test(key)))
    throw new ProblemError(
      'badRequest',
      'Idempotency-Key must be 1 to 120 visible ASCII characters.',
    );
  return {
    id: key ?? `api-${randomUUID()}`,
    actor: principal.username,
    reason,
    at: await stationNow(sql),
    door: 'api',
    requestId: request.id,
    ...(isDryRun(request) ? { dryRun: true } : {}),
  };
}

export { Done };

/** What became of an order. @throws ProblemError 409 with the sentence when it was refused. */
export function done({ id, dryRun }: Order, result: CommandResult): z.output<typeof Done> {
  if (result.kind === 'refused') throw new ProblemError('refused', result.because);
  return { id, result: dryRun === true && result.kind === 'applied' ? 'wouldApply' : result.kind };
}
