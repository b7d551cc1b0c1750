import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { refusalOf } from '../domain/refusals';
import { sayRefused } from '../domain/words';
import { languageOfProblem } from './language';
import type { Code, Problem } from './schema/answers';

const STATUS = {
  badRequest: 400,
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  methodNotAllowed: 405,
  refused: 409,
  conflict: 409,
  tooLarge: 413,
  unsupportedMediaType: 415,
  tooMany: 429,
  internal: 500,
  unavailable: 503,
} satisfies Record<Code, number>;

const TITLE = {
  badRequest: 'The request is not well formed.',
  unauthenticated: 'Sign in first.',
  forbidden: 'Your role may not do this.',
  notFound: 'There is no such thing.',
  methodNotAllowed: 'This cannot be done here.',
  refused: 'The order was refused.',
  conflict: 'Something else stands there already.',
  tooLarge: 'The request is too large.',
  unsupportedMediaType: 'This kind of content is not taken here.',
  tooMany: 'Too many tries.',
  internal: 'Something went wrong here.',
  unavailable: 'Not now; try again.',
} satisfies Record<Code, string>;

type FieldError = Readonly<{ path: string; message: string }>;

/** Thrown by a route; the error handler turns it into the problem document. `detail` is a sentence fit to be read aloud on the phone. */
export class ProblemError extends Error {
  readonly code: Code;
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: Code,
    detail: string,
    more: { errors?: readonly FieldError[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail);
    this.name = 'ProblemError';
    this.code = code;
    this.errors = more.errors;
    this.headers = more.headers ?? {};
  }
}

export const notFound = (what: string): ProblemError =>
  new ProblemError('notFound', `There is no ${what}.`);

/** One place for all that goes wrong. What is not a clear no is a 500 whose cause stands in the log, never in the answer. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) =>
    send(new ProblemError('notFound', 'There is nothing at this address.'), request, reply),
  );
}

/** Also for what the framework refuses before it has found a route. */
export function answerError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const problem = problemOf(error);
  if (problem.code === 'internal' || problem.code === 'unavailable')
    request.log.error({ err: error }, 'request failed');
  return send(problem, request, reply);
}

function send(problem: ProblemError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = STATUS[problem.code];
  // What an order's entry keeps is told in the reader's language, and by its code to a program.
  const refusal = problem.code === 'refused' ? refusalOf(problem.message) : null;
  const body: z.output<typeof Problem> = {
    type: 'about:blank',
    title: TITLE[problem.code],
    status,
    detail:
      refusal === null ? problem.message : sayRefused(languageOfProblem(request), problem.message),
    code: problem.code,
    requestId: request.id,
    ...(refusal === null ? {} : { refusal }),
    ...(problem.errors === undefined ? {} : { errors: [...problem.errors] }),
  };
  return reply
    .code(status)
    .headers(problem.headers)
    .type('application/problem+json')
    .serializer((value: unknown) => JSON.stringify(value))
    .send(body);
}

/** Our words for what the framework refuses by itself, where its own are not fit for people. */
const SAID: Readonly<Record<number, readonly [Code, string]>> = {
  413: ['tooLarge', 'The body is larger than this address takes.'],
  414: ['badRequest', 'A part of the address is longer than any name or number here.'],
  415: ['unsupportedMediaType', 'Send the content type that the API description names.'],
};

function problemOf(error: FastifyError): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error.validation !== undefined) return badFields(error);
  if (isAway(error))
    return new ProblemError(
      'unavailable',
      'The database or the engine does not answer. Try again in a moment.',
      {
        headers: { 'retry-after': '5' },
      },
    );
  const { statusCode = 500 } = error;
  const said = SAID[statusCode];
  if (said) return new ProblemError(...said);
  if (statusCode === 429) return new ProblemError('tooMany', error.message);
  // The framework's own words about a body it could not read.
  if (statusCode >= 400 && statusCode < 500) return new ProblemError('badRequest', error.message);
  return new ProblemError(
    'internal',
    'The fault is on our side and is in the log under the request id.',
  );
}

function badFields({ validation = [], validationContext = 'body' }: FastifyError): ProblemError {
  const errors = validation.map(({ instancePath, message = 'is not right' }) => ({
    path: `${validationContext}${instancePath}`,
    message,
  }));
  const detail = errors.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return new ProblemError('badRequest', detail, { errors });
}

/** Prisma's and gRPC's words for a peer that is not there or too slow, and the pool's for one that is too busy. */
const AWAY = /^(P1001|P1002|P1008|P1017|P2024|P2028|ECONNREFUSED|ECONNRESET|4|14)$/;

function isAway(error: FastifyError): boolean {
  const codes = [error.code, (error.cause as { code?: unknown } | undefined)?.code];
  return (
    codes.some((code) => AWAY.test(String(code))) ||
    /Can't reach database|timeout exceeded when trying to connect/.test(error.message)
  );
}
