import { z } from 'zod';

const LIMIT_MAX = 200;

/** The part of every list's query that turns pages. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(LIMIT_MAX).default(50).describe('rows at most'),
  cursor: z.string().max(500).optional().describe('`nextCursor` of the page before'),
};

/** A page of a list; `nextCursor` null: there is no more. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** A list that is short by its nature, and so has no pages. */
export const itemsOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });

export const Done = z
  .object({
    id: z.string().describe("the order's id; send it again as Idempotency-Key to repeat safely"),
    result: z.enum(['applied', 'repeated', 'wouldApply']),
  })
  .meta({ id: 'Done' });

/** Every way in which the API says no. Add one and api/problem.ts stops compiling until it has a status. */
export const codes = [
  'badRequest',
  'unauthenticated',
  'forbidden',
  'notFound',
  'methodNotAllowed',
  'refused',
  'conflict',
  'tooLarge',
  'unsupportedMediaType',
  'tooMany',
  'internal',
  'unavailable',
] as const;
export type Code = (typeof codes)[number];

/** RFC 9457, with a stable `code`, the request's id, for a refused order why, and for a bad request each wrong field. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(codes),
    requestId: z.string(),
    refusal: z
      .object({ code: z.string(), params: z.record(z.string(), z.string()) })
      .optional()
      .describe(
        'why an order was refused: `detail` in the language of Accept-Language says the same',
      ),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });
