import { z } from 'zod';
import { DateOut, InstantOut } from './common';

export const Stage = z.enum([
  'proposed',
  'contacted',
  'visited',
  'agreed',
  'signed',
  'installed',
  'toppedUp',
  'switched',
  'refused',
  'withdrawn',
]);

export const Proposal = z
  .object({
    id: z.string(),
    customerNo: z.string(),
    customerName: z.string(),
    station: z.string(),
    stage: Stage,
    why: z.string(),
    openedAt: InstantOut,
    stageAt: InstantOut,
    closedAt: InstantOut.nullable(),
    reason: z.string().describe('of its end'),
    restUntil: DateOut.nullable(),
    task: z
      .object({
        id: z.string(),
        kind: z.string(),
        assignee: z.string(),
        dueAt: InstantOut,
        escalated: z.boolean(),
      })
      .nullable()
      .describe('the open task of the stage'),
  })
  .meta({ id: 'Proposal' });

export const ProposalHistory = Proposal.extend({
  history: z.array(
    z.object({
      id: z.string(),
      stage: Stage,
      kind: z.string(),
      assignee: z.string(),
      openedAt: InstantOut,
      dueAt: InstantOut,
      outcome: z.string().nullable(),
      note: z.string(),
      doneAt: InstantOut.nullable(),
      doneBy: z.string().nullable(),
    }),
  ),
}).meta({ id: 'ProposalHistory' });
