import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { pageOfImports } from '../db/import-status';
import { allStations } from './access';
import type { Deps } from './deps';
import { pageOf, pageQuery, paged, readCursor } from './page';
import { route } from './route';
import { ImportedFile } from './schema/imports';

/** The files that brought the book; a file is of no one station. */
export function registerImports(app: FastifyInstance, { db }: Deps): void {
  const spec = {
    permission: 'import.read',
    tag: 'imports',
    summary: 'Files imported, the latest first; for who has all stations',
    query: z.strictObject(pageQuery),
    response: { 200: pageOf(ImportedFile) },
  } as const;
  route(app, 'GET', '/imports', spec, async ({ query: { limit, cursor }, principal }) => {
    allStations(principal, 'The list of imports');
    const after = readCursor(z.tuple([z.iso.datetime(), z.uuid()]), cursor);
    const rows = await pageOfImports(db, { after, limit: limit + 1 });
    return paged(rows, limit, ({ importedAt, id }) => [importedAt, id]);
  });
}
