import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { listPayments } from '../db/list-payments';
import { recordPayment } from '../db/payments';
import { toFen } from '../domain/fen';
import { toInstant } from '../domain/time';
import { ownCustomer } from './access';
import type { Deps } from './deps';
import { pageOf, pageQuery, paged, readCursor } from './page';
import { ProblemError } from './problem';
import { isDryRun, route } from './route';
import { CustomerNo, InstantIn } from './schema/common';
import { Payment, paymentFilter, ReceivedPayment } from './schema/payments';

const Body = z.strictObject({
  customerNo: CustomerNo,
  amountFen: z.int().min(1),
  receivedAt: InstantIn.optional().describe('now when absent'),
  channel: z
    .string()
    .regex(/^[\w-]{1,32}$/, 'letters, digits and dashes')
    .default('counter'),
});
const REF = /^[\w.:-]{1,64}$/;

/** Money received. The `Idempotency-Key` is the payment's own number: the same content again changes nothing, another content is a conflict. */
export function registerPayments(app: FastifyInstance, deps: Deps): void {
  list(app, deps);
  record(app, deps);
}

function list(app: FastifyInstance, { db }: Deps): void {
  const spec = {
    permission: 'money.read',
    tag: 'payments',
    summary: 'Payments, the latest first; those of nobody on the book for who has all stations',
    query: z.strictObject({ ...pageQuery, ...paymentFilter }),
    response: { 200: pageOf(ReceivedPayment) },
  } as const;
  route(app, 'GET', '/payments', spec, async ({ query, principal: { stations } }) => {
    const { limit, cursor, ...given } = query;
    const after = readCursor(z.tuple([z.iso.datetime(), z.string()]), cursor);
    const rows = await listPayments(db, {
      ...{ ...paymentsOf(given), stations, after, limit: limit + 1 },
    });
    return paged(rows, limit, ({ receivedAt, paymentRef }) => [receivedAt, paymentRef]);
  });
}

/** A filter as it came; what was left out does not matter. */
export function paymentsOf(given: z.output<z.ZodObject<typeof paymentFilter>>) {
  const { station = null, customerNo = null, matched } = given;
  return { station, customerNo, matched: matched === undefined ? null : matched === 'true' };
}

function record(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'POST',
    '/payments',
    {
      permission: 'payment.record',
      tag: 'payments',
      summary: 'Record a payment',
      body: Body,
      dryRun: true,
      response: { 200: Payment },
    },
    async ({ body, principal, request }) => {
      const paymentRef = request.headers['idempotency-key'];
      if (typeof paymentRef !== 'string' || !REF.test(paymentRef))
        throw new ProblemError(
          'badRequest',
          "Idempotency-Key must be the payment's number: letters, digits, dots, colons and dashes, at most 64.",
        );
      await ownCustomer(db, principal, body.customerNo);
      const { receivedAt, amountFen, ...rest } = body;
      const given = { paymentRef, ...rest, amountFen: toFen(amountFen) };
      const at =
        receivedAt === undefined
          ? {}
          : { receivedAt: toInstant(new Date(receivedAt).toISOString()) };
      const { kind, payment } = await recordPayment(
        db,
        { ...given, ...at },
        { dryRun: isDryRun(request) },
      );
      if (kind === 'conflict')
        throw new ProblemError(
          'conflict',
          `A payment ${paymentRef} with another content is on the book; it was left as it is.`,
        );
      return { ...payment, result: kind };
    },
  );
}
