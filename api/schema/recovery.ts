import { z } from 'zod';
import { DateOut, Fen, InstantOut } from './common';

const rate = z.number().nullable().describe('per cent, one decimal; null: nothing was receivable');

const figures = {
  receivableFen: Fen,
  receivedFen: Fen,
  priorReceivableFen: Fen.describe('陈欠 when the year began'),
  priorReceivedFen: Fen,
  cumulative: rate,
  currentYear: rate,
  priorYear: rate,
};

export const Recovery = z
  .object({
    asOf: InstantOut,
    by: z.enum(['station', 'level', 'category', 'collector']),
    total: z.object(figures),
    rows: z.array(
      z.object({ key: z.string().nullable().describe('null: who has none'), ...figures }),
    ),
  })
  .meta({ id: 'Recovery' });

export const RecoveryCurves = z
  .object({
    asOf: InstantOut,
    curves: z.array(
      z.object({
        period: z.string(),
        issuedOn: DateOut.describe('day 0: when the first of its bills was issued'),
        billedFen: Fen,
        receivedFen: Fen,
        days: z.array(
          z.object({
            day: z.int().describe('since `issuedOn`'),
            on: DateOut,
            receivedFen: Fen.describe('until the end of that day'),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'RecoveryCurves' });

const ledger = {
  billedFen: Fen,
  creditedFen: Fen.describe('bills below zero'),
  receivedFen: Fen,
  outstandingFen: Fen,
  closedFen: Fen.describe('outstanding of bills handed over or written off'),
  unusedCreditFen: Fen,
};
export const Balances = z
  .object({
    asOf: InstantOut,
    total: z.object({
      ...ledger,
      agrees: z
        .boolean()
        .describe('billed + unused credit = credited + received + outstanding + closed'),
    }),
    stations: z.array(z.object({ station: z.string(), ...ledger })),
  })
  .meta({ id: 'Balances' });
