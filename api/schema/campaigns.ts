import { z } from 'zod';
import { Done } from './answers';
import { Fen, InstantOut, Level } from './common';

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

export const Opened = Done.extend({
  period: z.string(),
  stations: z.array(z.string()),
  customers: z
    .int()
    .describe('that it opens at most: who owed something just before, and had no such month open'),
}).meta({ id: 'CampaignOpened' });

export const CampaignStatus = z
  .object({
    period: z.string(),
    stations: z.int(),
    stationsThrough: z.int(),
    cycles: Progress.omit({ station: true }),
    levels: z.array(z.object({ level: Level, label: z.string(), customers: z.int() })),
    messages: z.array(
      z.object({ step: z.string(), channel: z.string(), status: z.string(), count: z.int() }),
    ),
    tasks: z.array(z.object({ kind: z.string(), open: z.int(), done: z.int() })),
    deviceCases: z.int(),
    nudgesWaiting: z.int(),
    recovery: z.object({ billedFen: Fen, receivedFen: Fen, rate: z.number().nullable() }),
  })
  .meta({ id: 'CampaignStatus' });

/** By which a station's months open by themselves. */
export const Schedule = z
  .object({
    station: z.string(),
    day: z.int().nullable().describe('of the month; null: not as we make them'),
    hour: z.int().nullable().describe('in Asia/Shanghai'),
    paused: z.boolean(),
    nextAt: InstantOut.nullable(),
  })
  .meta({ id: 'CampaignSchedule' });
