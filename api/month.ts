import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { stationNow } from '../db/clock';
import { listHolds } from '../db/list-holds';
import {
  messagesOfDay,
  latestPeriod,
  moneyOf,
  openTasks,
  riskMatrix,
  troubleOf,
} from '../db/month';
import { workloadOf } from '../db/plans';
import { dateOf, instantAt, plusDays, toDate, toPeriod } from '../domain/time';
import { stationsOf } from './access';
import type { Deps } from './deps';
import { languageOf } from './language';
import { route } from './route';
import { DateIn, Period, Station } from './schema/common';
import { MonthPage, Workload } from './schema/month';
import { unhealthy } from './unhealthy';

/** More holds over stations than this at once is no month that a page could tell. */
const HOLDS_MAX = 200;
const WIDE = ['station', 'everything'] as const;

/** What a supervisor sees first in the morning. */
export function registerMonth(app: FastifyInstance, deps: Deps): void {
  month(app, deps);
  workload(app, deps);
}

function month(app: FastifyInstance, deps: Deps): void {
  const { db } = deps;
  const spec = {
    permission: 'campaign.read',
    tag: 'month',
    summary:
      'The month as of now: money, risk matrix, messages and tasks of the day, what is held, what is unhealthy',
    query: z.strictObject({
      period: Period.optional().describe('of the money; the latest one billed when absent'),
      station: Station.optional(),
    }),
    response: { 200: MonthPage },
  } as const;
  route(app, 'GET', '/month', spec, async ({ query, principal, request }) => {
    const stations = await stationsOf(db, principal, query.station);
    const asOf = await stationNow(db);
    const period =
      query.period === undefined ? await latestPeriod(db, asOf) : toPeriod(query.period);
    const asked = { stations, asOf };
    const [money, matrix, messages, tasks, holds, trouble] = await Promise.all([
      moneyOf(db, { ...asked, period }),
      riskMatrix(db, asked),
      messagesOfDay(db, asked),
      openTasks(db, asked),
      listHolds(db, { stations, state: 'inForce', scopes: WIDE, after: null, limit: HOLDS_MAX }),
      troubleOf(db, asked),
    ]);
    return {
      ...{ asOf, period, money, matrix, messages, tasks },
      holds,
      unhealthy: await unhealthy(deps, trouble, { asOf, language: languageOf(request) }),
    };
  });
}

function workload(app: FastifyInstance, { db }: Deps): void {
  const spec = {
    permission: 'task.read',
    tag: 'month',
    summary: "A day's work by station and collector",
    query: z.strictObject({
      date: DateIn.optional().describe('tomorrow when absent'),
      station: Station.optional(),
    }),
    response: { 200: Workload },
  } as const;
  route(app, 'GET', '/workload', spec, async ({ query, principal }) => {
    const stations = await stationsOf(db, principal, query.station);
    const date =
      query.date === undefined ? plusDays(dateOf(await stationNow(db)), 1) : toDate(query.date);
    const day = { from: instantAt(date), until: instantAt(plusDays(date, 1)) };
    return { date, ...(await workloadOf(db, { stations, ...day })) };
  });
}
