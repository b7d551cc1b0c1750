import { z } from 'zod';
import { LAST_DAY, parseDate, parseInstant } from '../../domain/time';

/** Without control characters, of which Postgres takes none in a text that matters, and no one writes any. */
export const printable = (text: string): boolean => !/\p{Cc}/u.test(text);

/** What identifies things on the book: as the utility writes it, in one piece. */
const number = (what: string) =>
  z
    .string()
    .min(1)
    .max(64)
    .regex(/^[^\s/]+$/, `not a ${what}`)
    .refine(printable, `not a ${what}`);

export const CustomerNo = number('customer number').describe('户号');
export const BillNo = number('bill number');
export const Station = number('station').describe('供电所');
/** What was given as Idempotency-Key, or made up for want of one. */
export const OrderId = z.string().regex(/^[\x21-\x7e]{1,120}$/, "not an order's id");
export const Period = z
  .string()
  .regex(/^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/, 'not a month (2026-03)')
  .describe('电费年月');
export const StepKey = number('step key').describe('names a rung of the ladder, such as overdue-1');
/** Whole fen. */
export const Fen = z.int();
export const Level = z
  .union([z.literal(1), z.literal(2), z.literal(3)])
  .describe('1 is Ⅰ, the gravest');
/** What leaves us: made by us, so only its looks are told. */
export const InstantOut = z.string().meta({ format: 'date-time' });
export const DateOut = z.string().meta({ format: 'date' });
/** What comes in. */
export const DateIn = z.iso
  .date('not a day (2026-03-31)')
  .refine((text) => parseDate(text) !== null, `not a day from 1991-09-15 to ${LAST_DAY}`);
export const InstantIn = z.iso
  .datetime({ offset: true, error: 'not an instant (2026-03-31T01:00:00Z)' })
  .refine((text) => parseInstant(text) !== null, `not an instant from 1991-09-15 to ${LAST_DAY}`)
  .meta({ format: 'date-time', pattern: undefined });
