import { z } from 'zod';
import { InstantOut } from './common';

export const ImportedFile = z
  .object({
    id: z.string(),
    kind: z.enum(['customers', 'bills', 'payments']),
    name: z.string(),
    rowsRead: z.int(),
    rowsTaken: z.int(),
    rowsUnchanged: z.int(),
    rowsRejected: z.int(),
    importedAt: InstantOut,
  })
  .meta({ id: 'ImportedFile' });
