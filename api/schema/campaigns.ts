import { z } from 'zod';
import { InstantOut } from './common';

export const Campaign = z
  .object({
    period: z.string(),
    station: z.string(),
    asOf: InstantOut.describe('the instant as of which its customers were graded'),
    policyId: z.string(),
    openedBy: z.string(),
    startedAt: InstantOut,
    finishedAt: InstantOut.nullable().describe(
      'when the last cycle was opened; null: still opening',
    ),
  })
  .meta({ id: 'Campaign' });

const Progress = z
  .object({
    station: z.string(),
    total: z.int(),
    open: z.int(),
    paid: z.int(),
    carriedForward: z.int(),
    handedOver: z.int(),
    writtenOff: z.int(),
  })
  .meta({ id: 'CampaignProgress' });

export const Month = z
  .object({ period: z.string(), campaigns: z.array(Campaign), cycles: z.array(Progress) })
  .meta({ id: 'CampaignMonth' });
