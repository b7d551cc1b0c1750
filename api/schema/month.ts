import { z } from 'zod';
import { STAGES } from '../../domain/standing';
import { DateOut, Fen, InstantOut, Level } from './common';
import { Hold } from './holds';

export const MonthPage = z
  .object({
    asOf: InstantOut,
    period: z.string(),
    money: z
      .object({ billedFen: Fen, receivedFen: Fen, outstandingFen: Fen })
      .describe("of the period's bills"),
    matrix: z
      .array(
        z.object({
          level: Level.nullable(),
          stage: z.enum(STAGES),
          customers: z.int(),
          owedFen: Fen,
        }),
      )
      .describe('customers with an open month; a cell of nobody is left out'),
    messages: z
      .array(
        z.object({
          channel: z.string(),
          status: z.string(),
          receipt: z.string().nullable(),
          messages: z.int(),
        }),
      )
      .describe('of today'),
    tasks: z
      .array(
        z.object({
          kind: z.string(),
          open: z.int(),
          dueToday: z.int().describe('not overdue yet'),
          overdue: z.int(),
          escalated: z.int(),
        }),
      )
      .describe('open ones'),
    holds: z.array(Hold).describe('in force over a station or over everything'),
    unhealthy: z
      .array(z.object({ what: z.string(), text: z.string() }))
      .describe('in the language of Accept-Language; empty: all is well'),
  })
  .meta({ id: 'MonthPage' });

export const Workload = z
  .object({
    date: DateOut,
    plannedAsOf: InstantOut.nullable().describe(
      'when the oldest plan was made that this was counted from; null: none yet',
    ),
    rows: z.array(
      z.object({
        station: z.string(),
        collector: z.string().nullable(),
        kind: z.string().describe('a kind of task, or a channel of messages'),
        due: z.int().describe('open tasks due by the end of that day'),
        toCome: z.int().describe('what the ladder does that day if nothing changes'),
      }),
    ),
  })
  .meta({ id: 'Workload' });
