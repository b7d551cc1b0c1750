import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config';

/** Source: docs/security.md, "Headers" (OWASP, HTTP Headers). */
const HSTS_SECONDS = 31_536_000;

/**
 * What every answer carries: nothing here is a page, nothing is to be framed, guessed at or kept. A promise of https is made only where
 * people come by https, since a browser would keep it.
 */
export async function setHeaders(app: FastifyInstance, { PUBLIC_BASE_URL }: Config): Promise<void> {
  const https = PUBLIC_BASE_URL?.startsWith('https:') === true;
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: https ? { maxAge: HSTS_SECONDS, includeSubDomains: false } : false,
  });
  app.addHook('onRequest', async (_, reply) => {
    reply.header('cache-control', 'no-store');
  });
}
