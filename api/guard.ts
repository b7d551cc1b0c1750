import type { FastifyInstance, HTTPMethods } from 'fastify';
import { ProblemError } from './problem';
import type { Access } from './route';

const METHODS: readonly HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** What each method of each address asks of its caller. */
export type Addresses = ReadonlyMap<string, ReadonlyMap<string, Access>>;

declare module 'fastify' {
  interface FastifyInstance {
    knownRoutes: Addresses;
  }
}

/** A route that names no permission stops the server from being built, and with it the build. */
export function requirePermissions(app: FastifyInstance): void {
  const addresses = new Map<string, Map<string, Access>>();
  app.decorate('knownRoutes', addresses);
  app.addHook('onRoute', ({ method, url, config }) => {
    const permission = config?.permission;
    if (permission === undefined)
      throw new Error(
        `${String(method)} ${url} names no permission: add one (domain/permissions.ts).`,
      );
    const known = addresses.get(url) ?? new Map<string, Access>();
    for (const one of [method].flat()) known.set(one, permission);
    addresses.set(url, known);
  });
}

/** Says 405 and what can be done, where an address is known and the method is not. To be registered last. */
export function refuseOtherMethods(app: FastifyInstance): void {
  for (const [url, known] of [...app.knownRoutes]) {
    const others = METHODS.filter((method) => !known.has(method));
    const allow = [...known.keys()].join(', ');
    if (others.length === 0) continue;
    app.route({
      method: others,
      url,
      config: { permission: 'public' },
      schema: { hide: true },
      handler: () => {
        throw new ProblemError('methodNotAllowed', `Only ${allow} can be done here.`, {
          headers: { allow },
        });
      },
    });
  }
}
