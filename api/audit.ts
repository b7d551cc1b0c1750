import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { listAudit } from '../db/audit';
import type { Deps } from './deps';
import { readBy } from './language';
import { pageOf, pageQuery, paged, readCursor } from './page';
import { route } from './route';
import { auditFilter, Entry } from './schema/audit';

/** Who ordered what, why, by which door, and what came of it. */
export function registerAudit(app: FastifyInstance, { db }: Deps): void {
  const query = z.strictObject({ ...pageQuery, ...auditFilter });
  route(
    app,
    'GET',
    '/audit',
    {
      permission: 'audit.read',
      tag: 'audit',
      summary: 'Orders, the latest first',
      query,
      response: { 200: pageOf(Entry) },
    },
    async ({
      query: { limit, cursor, actor = null, kind = null, customerNo = null },
      principal: { stations },
      request,
    }) => {
      const after = readCursor(z.tuple([z.iso.datetime(), z.string()]), cursor);
      const rows = await listAudit(db, {
        stations,
        actor,
        kind,
        customerNo,
        after,
        limit: limit + 1,
      });
      return paged(rows.map(readBy(request)), limit, ({ recordedAt, id }) => [recordedAt, id]);
    },
  );
}
