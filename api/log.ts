import type { FastifyRequest, FastifyServerOptions } from 'fastify';
import type { Config } from '../config';

/**
 * One JSON line a request, without anything personal (law 8): the route's pattern instead of the address that was called, which may hold a
 * name or a telephone number, and no query, body, cookie or token.
 */
export const logOptions = ({ LOG_LEVEL }: Config): NonNullable<FastifyServerOptions['logger']> => ({
  level: LOG_LEVEL,
  serializers: {
    req: (request: FastifyRequest) => ({
      id: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'none',
    }),
  },
});
