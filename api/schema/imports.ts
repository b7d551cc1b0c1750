import { z } from 'zod';
import { importKinds } from '../../db/import-kinds';
import { Fen, InstantOut } from './common';

const counts = {
  rowsRead: z.int(),
  rowsTaken: z.int(),
  rowsUnchanged: z.int(),
  rowsRejected: z.int(),
};

const State = z
  .enum(['receiving', 'reading', 'done', 'failed', 'broken'])
  .describe(
    'failed: the file will not do, nothing was taken; broken: its process died, nothing was taken, send it again',
  );

export const ImportedFile = z
  .object({
    id: z.string(),
    kind: z.enum(importKinds),
    name: z.string(),
    state: State,
    ...counts,
    importedAt: InstantOut,
  })
  .meta({ id: 'ImportedFile' });

export const ImportRun = z
  .object({
    id: z.string(),
    kind: z.enum(importKinds),
    name: z.string(),
    state: State,
    dryRun: z.boolean(),
    actor: z.string().nullable(),
    bytes: z.int().describe('as sent'),
    ...counts,
    takenFen: Fen.describe('of the bills or payments taken'),
    matched: z.int().describe('payments that waited for customers and now have them'),
    unmatched: z.int().describe('of the payments taken, those of nobody on the book'),
    firstImportedAt: InstantOut.nullable().describe('when the same content came before'),
    nothingToDo: z.boolean().describe('the same content came before, and all of it was taken'),
    because: z.string().nullable().describe('why it came to nothing'),
    rejectedBecause: z.array(
      z.object({ column: z.string().nullable(), reason: z.string(), rows: z.int() }),
    ),
    startedAt: InstantOut,
    endedAt: InstantOut.nullable(),
  })
  .meta({ id: 'ImportRun' });

export const Reject = z
  .object({
    line: z.int(),
    column: z.string().nullable(),
    reason: z.string(),
    raw: z.string(),
  })
  .meta({ id: 'Reject' });

/** Payments of nobody on the book. */
export const Unmatched = z
  .object({
    count: z.int(),
    amountFen: Fen,
    first: z.array(
      z.object({
        paymentRef: z.string(),
        customerNo: z.string(),
        amountFen: Fen,
        receivedAt: InstantOut,
        channel: z.string(),
      }),
    ),
  })
  .meta({ id: 'Unmatched' });
