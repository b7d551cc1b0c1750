import { z } from 'zod';
import { Fen, InstantOut } from './common';

const rate = z.number().nullable().describe('per cent, one decimal; null: nothing was receivable');

const figures = {
  receivableFen: Fen,
  receivedFen: Fen,
  priorReceivableFen: Fen,
  priorReceivedFen: Fen,
  cumulative: rate,
  currentYear: rate,
  priorYear: rate,
};

export const Recovery = z
  .object({
    asOf: InstantOut.describe('what came in later is not counted; some 60 s old at most'),
    total: z.object(figures).describe('of the stations listed'),
    stations: z.array(z.object({ station: z.string(), ...figures })),
  })
  .meta({ id: 'Recovery' });
