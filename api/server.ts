import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import swagger from '@fastify/swagger';
import Fastify, {
  type FastifyHttpOptions,
  type FastifyInstance,
  type FastifyServerOptions,
} from 'fastify';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod';
import { authenticate } from './auth';
import { registerConsole } from './console';
import type { Deps } from './deps';
import { description } from './description';
import { refuseOtherMethods, requirePermissions } from './guard';
import { registerHealth } from './health';
import { setHeaders } from './headers';
import { cutOffSlowSenders, HEAD_TIMEOUT_MS, UPLOAD_TIMEOUT_MS } from './slow-senders';
import { registerMetrics } from './metrics';
import { answerError, handleErrors } from './problem';
import { resources } from './resources';
import { answerUnreadable, HEAD_LIMIT } from './unreadable';

const REQUEST_ID = /^[\w.-]{1,64}$/;

/**
 * The API, ready to listen or to be asked by `inject`. @throws when a route names no permission: such a server does not start.
 */
export async function buildServer(
  deps: Deps,
  {
    logger = false,
    more = [],
  }: {
    logger?: NonNullable<FastifyServerOptions['logger']>;
    /** Resources besides our own: a bench's. */
    more?: typeof resources;
  } = {},
): Promise<FastifyInstance> {
  const app = Fastify(optionsOf(deps, logger));
  app.server.headersTimeout = HEAD_TIMEOUT_MS;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('principal', null);
  handleErrors(app);
  requirePermissions(app);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  await setHeaders(app, deps.config);
  await app.register(cookie);
  await app.register(formbody, { bodyLimit: 64 * 1024 });
  await app.register(swagger, {
    openapi: description,
    transform: jsonSchemaTransform,
    transformObject: (document) => byName(jsonSchemaTransformObject(document)),
  });
  authenticate(app, deps);
  cutOffSlowSenders(app);
  await app.register(
    (api, _, ready) => {
      for (const register of [...resources, ...more]) register(api, deps);
      ready();
    },
    { prefix: '/api/v1' },
  );
  let draining = false;
  app.addHook('preClose', () => void (draining = true));
  // Or the connection would be kept for the next request, which nobody will answer.
  app.addHook('onSend', async (_, reply) => {
    if (draining) reply.header('connection', 'close');
  });
  await app.register(async (outside) => {
    registerMetrics(app, deps);
    registerHealth(outside, deps, () => draining);
    outside.get(
      '/api/openapi.json',
      { config: { permission: 'public' }, schema: { hide: true } },
      () => app.swagger(),
    );
    refuseOtherMethods(outside);
    await registerConsole(outside);
  });
  await app.ready();
  return app;
}

/** The shapes in the order of their names: that of the modules, which the registry keeps, is nobody's intention. */
function byName(document: Document): Document {
  if (!('components' in document) || !document.components.schemas) return document;
  const sorted = Object.entries(document.components.schemas).sort(([a], [b]) => (a < b ? -1 : 1));
  document.components.schemas = Object.fromEntries(sorted);
  return document;
}

type Document = ReturnType<typeof jsonSchemaTransformObject>;

function optionsOf(
  deps: Deps,
  logger: NonNullable<FastifyServerOptions['logger']>,
): FastifyHttpOptions<Server> {
  return {
    logger,
    trustProxy: proxiesOf(deps.config.TRUSTED_PROXIES),
    requestTimeout: UPLOAD_TIMEOUT_MS,
    http: { maxHeaderSize: HEAD_LIMIT },
    clientErrorHandler: answerUnreadable,
    genReqId: ({ headers }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    return503OnClosing: true,
  };
}

/** A number of hops, or addresses; what is not named is not believed. */
function proxiesOf(given: string | undefined): NonNullable<FastifyServerOptions['trustProxy']> {
  if (given === undefined) return false;
  const hops = Number(given);
  return Number.isInteger(hops) ? (_, hop) => hop < hops : given;
}
