import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { z } from 'zod';
import { houseFigures } from '../db/house-figures';
import type { Deps } from './deps';
import { route } from './route';

/**
 * `/metrics` for Prometheus: this process, its answers by route pattern, and how the house stands. Never by customer (law 8). The engine's
 * and the worker's own metrics are scraped from them.
 */
export function registerMetrics(app: FastifyInstance, { db }: Deps): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: 'tarim_http_request_duration_seconds',
    help: 'How long answers took',
    labelNames: ['method', 'route', 'status'],
    // Around the aim of 150 ms for lists and details.
    buckets: [0.005, 0.02, 0.05, 0.15, 0.5, 2, 10],
    registers: [registry],
  });
  app.addHook('onResponse', (request, reply, next) => {
    const labels = { method: request.method, route: request.routeOptions.url ?? 'none' };
    seconds.observe({ ...labels, status: reply.statusCode }, reply.elapsedTime / 1000);
    next();
  });
  const house = new Gauge({
    name: 'tarim_house',
    help: 'How many there are now, by what',
    labelNames: ['what'],
    registers: [registry],
    collect: async () => {
      for (const [what, count] of Object.entries(await houseFigures(db)))
        house.set({ what }, count);
    },
  });
  const text = { content: { 'text/plain': { schema: z.string() } } };
  route(
    app,
    'GET',
    '/metrics',
    {
      permission: 'system.read',
      tag: 'system',
      summary: 'For Prometheus',
      response: { 200: text },
    },
    async ({ reply }) =>
      reply
        .type(registry.contentType)
        .serializer(String)
        .send(await registry.metrics()),
  );
}
