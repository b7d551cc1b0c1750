import { z } from 'zod';
import { InstantOut } from './common';

export const Task = z
  .object({
    id: z.string(),
    kind: z.string(),
    customerNo: z.string(),
    station: z.string(),
    period: z.string().nullable(),
    assignee: z.string(),
    why: z.string(),
    dueAt: InstantOut,
    escalated: z.boolean(),
    outcome: z.string().nullable(),
    note: z.string(),
  })
  .meta({ id: 'Task' });
