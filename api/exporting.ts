import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { stationNow } from '../db/clock';
import type { Db } from '../db/client';
import { applied, command, type Entry, type Order } from '../db/commands';
import { may, type Permission, type Principal } from '../domain/permissions';
import { dateOf, type Instant } from '../domain/time';
import { csvOf } from './csv';
import type { Deps } from './deps';
import { ProblemError } from './problem';
import { orderOf, refuseHead, route } from './route';

/** Rows in one read: the statement's own cost vanishes, and a page stays in a MiB or two. */
export const PAGE = 2_000;

type Row = Readonly<Record<string, unknown>>;
type Asked<Q> = Readonly<{ given: Q; principal: Principal; asOf: Instant }>;
type Source<Q extends z.ZodRawShape> = Readonly<{
  what: string;
  /** What the list of the same asks for, besides `export.read`. */
  permission: Permission;
  filter: Q;
  fields: readonly string[];
  pages: (asked: Asked<z.output<z.ZodObject<Q>>>) => AsyncIterable<readonly Row[]>;
}>;

const CSV = {
  description:
    'UTF-8 with a byte order mark; amounts in yuan. Header: tarim-export, the id under which it is on record',
  content: { 'text/csv': { schema: z.string() } },
};

/** One list as a file: it is on record before its first line. */
export function exporting<Q extends z.ZodRawShape>(
  app: FastifyInstance,
  { db }: Deps,
  { what, permission, filter, fields, pages }: Source<Q>,
): void {
  const spec = {
    permission: 'export.read',
    tag: 'exports',
    summary: `The list of ${what} as CSV, with its filters`,
    query: z.strictObject(filter),
    response: { 200: CSV },
  } as const;
  route(app, 'GET', `/exports/${what}`, spec, async (call) => {
    const { principal, request, reply } = call;
    refuseHead(request);
    if (!may(principal, permission))
      throw new ProblemError(
        'forbidden',
        `A ${principal.role} with this sign-in may not: ${permission}.`,
      );
    const given = call.query as z.output<z.ZodObject<Q>>;
    const asOf = await stationNow(db);
    // Before the order is on record: a filter that will not do is told of now.
    const asked = pages({ given, principal, asOf });
    const { id } = await note(db, await orderOf(db, call, 'export'), { what, filter: given });
    reply
      .type('text/csv; charset=utf-8')
      .header('tarim-export', id)
      .header('content-disposition', `attachment; filename="${what}-${dateOf(asOf)}.csv"`);
    return Readable.from(csvOf(fields, asked));
  });
}

/** @throws ProblemError 409 when the id was used: a second copy is a second export, and on record as one. */
async function note(db: Db, order: Order, body: Entry['body']): Promise<Order> {
  const entry = { kind: 'export', customerNo: null, body };
  const { kind } = await command(db, order, entry, () => Promise.resolve(applied));
  if (kind === 'applied') return order;
  throw new ProblemError(
    'refused',
    `The id ${order.id} was used. Each export is an order of its own.`,
  );
}

/** The columns of a list: what its rows are made of. */
export const fieldsOf = ({ shape }: z.ZodObject): string[] => Object.keys(shape);

/** Page after page, each from the key of the last row of the one before. */
export async function* byKey<R extends Row, K>(
  read: (after: K | null) => Promise<readonly R[]>,
  keyOfRow: (row: R) => K,
): AsyncGenerator<readonly R[]> {
  let after: K | null = null;
  for (;;) {
    const rows: readonly R[] = await read(after);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    if (rows.length < PAGE) return;
    after = keyOfRow(last);
  }
}

/** Rows that come one by one, as pages. */
export async function* inPages(rows: AsyncIterable<Row>): AsyncGenerator<readonly Row[]> {
  let page: Row[] = [];
  for await (const row of rows) {
    page.push(row);
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  yield page;
}
