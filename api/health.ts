import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Deps } from './deps';
import { readiness } from './readiness';
import { route } from './route';

const Alive = z.object({ status: z.literal('alive') });
const Check = z.object({ name: z.string(), ok: z.boolean(), detail: z.string() });
const Ready = z.object({ ready: z.boolean(), checks: z.array(Check) });

/** `/healthz`: this process runs. `/readyz`: it can serve, which needs the database with its migrations, the engine and a live worker. */
export function registerHealth(app: FastifyInstance, deps: Deps, draining: () => boolean): void {
  route(
    app,
    'GET',
    '/healthz',
    { permission: 'public', tag: 'system', summary: 'The process runs', response: { 200: Alive } },
    () => Promise.resolve({ status: 'alive' }),
  );
  route(
    app,
    'GET',
    '/readyz',
    {
      permission: 'public',
      tag: 'system',
      summary: 'It can serve',
      response: { 200: Ready, 503: Ready },
    },
    async ({ reply }) => {
      const answer = await readiness(deps, draining());
      reply.code(answer.ready ? 200 : 503);
      return answer;
    },
  );
}
