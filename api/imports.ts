import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { findImport, pageOfImports } from '../db/import-status';
import { importKinds } from '../db/import-kinds';
import { pageOfRejects, rejectsCsv } from '../db/import-rejects';
import { beginRun, dropRun, orderRun } from '../db/import-runs';
import { listUnmatched } from '../db/payments';
import { sayUntaken } from '../domain/words';
import { allStations } from './access';
import type { Deps } from './deps';
import { bytesMaxOf, receive, refuseTooLarge, swallow, type Received } from './import-upload';
import { importWorks, type Works } from './import-work';
import { languageOfProblem, untakenFor } from './language';
import { pageOf, pageQuery, paged, readCursor } from './page';
import { notFound, ProblemError } from './problem';
import { isDryRun, orderOf, route, type Call } from './route';
import { printable } from './schema/common';
import { ImportedFile, ImportRun, Reject, Unmatched } from './schema/imports';

const reading = { permission: 'import.read', tag: 'imports' } as const;
const params = z.strictObject({ id: z.uuid() });

/** The files that bring the book; a file is of no one station. */
export function registerImports(app: FastifyInstance, deps: Deps): void {
  list(app, deps);
  look(app, deps);
  rejects(app, deps);
  // A file is no JSON: it is not parsed, but handed on as it comes.
  void app.register((files, _, ready) => {
    files.removeAllContentTypeParsers();
    files.addContentTypeParser(TYPES, (_request, body, done) => done(null, body));
    upload(files, deps, importWorks(app, deps));
    ready();
  });
}

const TYPES = ['text/csv', 'application/gzip', 'application/octet-stream'];

const query = z.strictObject({
  kind: z.enum(importKinds),
  name: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .refine(printable, 'no control characters')
    .default('upload.csv')
    .describe('of the file, for people'),
});

function upload(app: FastifyInstance, deps: Deps, works: Works): void {
  const bytesMax = bytesMaxOf(deps.config);
  const spec = {
    permission: 'import.write',
    tag: 'imports',
    summary:
      'Import a file: the body is the file itself, CSV (UTF-8 or GB18030), gzipped or plain. See the import by its id; send the same again without harm',
    query,
    files: TYPES,
    slow: true,
    dryRun: true,
    bodyLimit: bytesMax,
    response: { 202: ImportRun },
  } as const;
  route(app, 'POST', '/imports', spec, async (call) => {
    const { principal, request } = call;
    allStations(principal, 'An import');
    refuseTooLarge(request.headers['content-length'], bytesMax);
    if (!(request.body instanceof Readable))
      throw new ProblemError(
        'unsupportedMediaType',
        `Send the file itself as the body, with one of these content types: ${TYPES.join(', ')}.`,
      );
    const giveBack = works.take();
    try {
      return await begin(deps, { call, body: request.body, works, giveBack });
    } catch (error) {
      giveBack();
      swallow(request.body);
      throw error;
    }
  });
}

type Upload = Readonly<{
  call: Pick<Call<z.ZodType, typeof query, z.ZodType>, 'query' | 'principal' | 'request'>;
  body: Readable;
  works: Works;
  giveBack: () => void;
}>;

/** The file comes in, its import is ordered, and begins; what becomes of it is told by its run. */
async function begin({ db, config }: Deps, { call, body, works, giveBack }: Upload) {
  const { query: about, principal, request } = call;
  const order = await orderOf(db, call, 'import');
  const dryRun = isDryRun(request);
  const fresh = await beginRun(db, { ...about, actor: principal.username, dryRun });
  let received: Received;
  try {
    received = await receive(config.DATABASE_URL ?? '', fresh, {
      body,
      bytesMax: bytesMaxOf(config),
    });
  } catch (error) {
    await dropRun(db, fresh);
    throw error;
  }
  const ordered = await orderRun(db, order, { id: fresh, sha256: received.sha256 });
  if (ordered.kind === 'refused') {
    await dropRun(db, fresh);
    throw new ProblemError('refused', ordered.because);
  }
  const { id } = ordered;
  const seen = await found(db, id, request);
  const { bytes } = received;
  if (ordered.kind === 'begins')
    void works.carryOut({ ...about, id, bytes, dryRun }, request.log).finally(giveBack);
  else giveBack();
  return seen;
}

/** Why it took nothing, or not all, in the caller's language. */
async function found(db: Deps['db'], id: string, request: FastifyRequest) {
  const run = await findImport(db, id);
  if (run === null) throw notFound(`import ${id}`);
  const { because, rejectedBecause } = run;
  return {
    ...run,
    because: because === null ? null : sayUntaken(languageOfProblem(request), because),
    rejectedBecause: rejectedBecause.map(untakenFor(request)),
  };
}

function list(app: FastifyInstance, { db }: Deps): void {
  const spec = {
    ...reading,
    summary: 'Imports, the latest first; for who has all stations',
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

function look(app: FastifyInstance, { db }: Deps): void {
  const one = {
    ...reading,
    summary: 'How far an import is, and what became of its rows',
    params,
    response: { 200: ImportRun },
  } as const;
  route(app, 'GET', '/imports/:id', one, async ({ params: { id }, principal, request }) => {
    allStations(principal, 'An import');
    return found(db, id, request);
  });
  const unmatched = {
    ...reading,
    summary:
      'Payments whose customer is not on the book: how many, how much, and the first of them',
    response: { 200: Unmatched },
  } as const;
  route(app, 'GET', '/unmatched-payments', unmatched, async ({ principal }) => {
    allStations(principal, 'Payments of nobody');
    return listUnmatched(db);
  });
}

const CSV = {
  description: 'line, column, reason, raw',
  content: { 'text/csv': { schema: z.string() } },
};

function rejects(app: FastifyInstance, { db, config }: Deps): void {
  const page = {
    ...reading,
    summary: 'The rows that an import did not take, each with its reason',
    params,
    query: z.strictObject(pageQuery),
    response: { 200: pageOf(Reject) },
  } as const;
  route(app, 'GET', '/imports/:id/rejects', page, async (call) => {
    const { limit, cursor } = call.query;
    const { id } = call.params;
    allStations(call.principal, 'An import');
    await found(db, id, call.request);
    const after = readCursor(z.int(), cursor);
    const rows = await pageOfRejects(db, { id, after, limit: limit + 1 });
    return paged(rows.map(untakenFor(call.request)), limit, ({ line }) => line);
  });
  const file = { ...reading, summary: 'The same as a file', params, response: { 200: CSV } };
  route(app, 'GET', '/imports/:id/rejects.csv', file, async ({ params: { id }, ...call }) => {
    allStations(call.principal, 'An import');
    await found(db, id, call.request);
    call.reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="rejects-${id}.csv"`);
    const language = languageOfProblem(call.request);
    return Readable.from(
      rejectsCsv(config.DATABASE_URL ?? '', id, (reason) => sayUntaken(language, reason)),
    );
  });
}
