import type { Instant } from '../domain/time';
import { Prisma } from './generated/client';

/** The bills of a group of `bill b`, as domain/allocation.ts reads them. */
export const billsOfGroup = Prisma.sql`
  jsonb_agg(jsonb_build_object('billNo', b.bill_no, 'period', b.period, 'issuedOn', b.issued_on, 'dueOn', b.due_on,
    'amountFen', b.amount_fen, 'disputed', dispute_days(b.bill_no)))`;

/** The payments that `b.customer_no`, by which the bills are grouped, made until an instant. */
export const paymentsUntil = (asOf: Instant): Prisma.Sql => Prisma.sql`
  (select coalesce(jsonb_agg(jsonb_build_object('receivedAt', instant_text(p.received_at), 'amountFen', p.amount_fen)), '[]')
    from payment p where p.customer_no = b.customer_no and p.received_at <= ${asOf}::timestamptz)`;
