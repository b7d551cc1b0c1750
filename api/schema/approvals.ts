import { z } from 'zod';
import { DateOut, Fen, InstantOut, Level } from './common';

export const ApprovalKind = z.enum([
  'override',
  'waiver',
  'policyActivation',
  'experimentStart',
  'experimentEnd',
]);
export const Approval = z
  .object({
    id: z.string(),
    kind: ApprovalKind,
    customerNo: z.string().nullable(),
    body: z.record(z.string(), z.unknown()).describe('what will be done when it is approved'),
    reason: z.string(),
    requestedBy: z.string(),
    requestedAt: InstantOut,
    decision: z.enum(['approved', 'rejected', 'withdrawn']).nullable(),
    decidedBy: z.string().nullable(),
    decidedAt: InstantOut.nullable(),
    decisionReason: z.string(),
  })
  .meta({ id: 'Approval' });

export const Override = z
  .object({
    id: z.string(),
    customerNo: z.string(),
    station: z.string(),
    level: Level,
    from: InstantOut,
    until: InstantOut,
    endedAt: InstantOut.nullable(),
    endedBy: z.string().nullable(),
    reason: z.string(),
    requestedBy: z.string(),
    approvedBy: z.string(),
  })
  .meta({ id: 'GradeOverride' });

export const Waiver = z
  .object({
    id: z.string(),
    customerNo: z.string(),
    station: z.string(),
    billNo: z.string(),
    amountFen: Fen,
    at: InstantOut,
    reason: z.string(),
    requestedBy: z.string(),
    approvedBy: z.string(),
  })
  .meta({ id: 'Waiver' });

export const BillPenalty = z
  .object({
    billNo: z.string(),
    period: z.string(),
    dueOn: DateOut,
    outstandingFen: Fen,
    chargedFen: Fen,
    waivedFen: Fen,
    leftFen: Fen,
    posted: z.boolean().describe('the bill is paid and its month over'),
  })
  .meta({ id: 'BillPenalty' });
