import type { FastifyInstance } from 'fastify';

/** The head of a request is one packet or two. */
export const HEAD_TIMEOUT_MS = 30_000;
/** A file of 512 MiB by 10 Mbit/s is seven minutes. */
export const UPLOAD_TIMEOUT_MS = 15 * 60_000;
const BODY_TIMEOUT_MS = 30_000;

/** A connection that is held up by a body that does not come is cut off; a file may take longer. */
export function cutOffSlowSenders(app: FastifyInstance): void {
  app.addHook('onRequest', ({ raw, routeOptions }, _, next) => {
    next();
    if (routeOptions.config.slow === true || !hasBody(raw.headers)) return;
    const timer = setTimeout(() => raw.destroy(), BODY_TIMEOUT_MS).unref();
    for (const over of ['end', 'close'] as const) raw.once(over, () => clearTimeout(timer));
  });
}

const hasBody = (headers: Readonly<Record<string, unknown>>): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
