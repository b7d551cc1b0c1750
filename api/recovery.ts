import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { stationNow } from '../db/clock';
import { agrees, ledgerByStation, type Ledger } from '../db/ledger';
import { DIMENSIONS, recoveryBy, recoveryCurves } from '../db/recovery';
import { recoveryByStation } from '../db/recovery-as-of';
import { zeroFen } from '../domain/fen';
import { sees } from '../domain/permissions';
import { recovery, type RecoverySums } from '../domain/recovery';
import { addSums } from '../domain/recovery-sums';
import { dateOf, instantAt, periodOf, plusDays, plusMs, toDate, toPeriod } from '../domain/time';
import { stationsOf } from './access';
import type { Deps } from './deps';
import { route } from './route';
import { DateIn, Period, Station } from './schema/common';
import { Balances, Recovery, RecoveryCurves } from './schema/recovery';

const about = { permission: 'recovery.read', tag: 'recovery' } as const;

/** How much of what was billed has come in, and that the book agrees. */
export function registerRecovery(app: FastifyInstance, deps: Deps): void {
  now(app, deps);
  pastDay(app, deps);
  curves(app, deps);
  balances(app, deps);
}

function now(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'GET',
    '/recovery',
    {
      ...about,
      summary: 'Recovery as of now (电费回收率)',
      query: z.strictObject({ by: z.enum(DIMENSIONS).default('station') }),
      response: { 200: Recovery },
    },
    async ({ query: { by }, principal: { stations } }) => {
      const asOf = await stationNow(db);
      return { asOf, by, ...(await recoveryBy(db, { dimension: by, stations, asOf })) };
    },
  );
}

function pastDay(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'GET',
    '/recovery/days/:day',
    {
      ...about,
      summary:
        'Recovery by station at the end of a past day; settles the whole book, which takes its time',
      params: z.strictObject({ day: DateIn }),
      response: { 200: Recovery },
    },
    async ({ params: { day }, principal }) => {
      // Its last millisecond: midnight belongs to the next day, with its bills.
      const asOf = plusMs(instantAt(plusDays(toDate(day), 1)), -1);
      const rows = await recoveryByStation(db, asOf);
      const mine = rows.filter(({ station }) => station !== '*' && sees(principal, station));
      const sums = mine.reduce<RecoverySums>(addSums, NONE);
      return {
        asOf,
        by: 'station',
        total: { ...sums, ...recovery(sums) },
        rows: mine.map(({ station, ...row }) => ({ key: station, ...row })),
      };
    },
  );
}

const NONE: RecoverySums = {
  receivableFen: zeroFen,
  receivedFen: zeroFen,
  priorReceivableFen: zeroFen,
  priorReceivedFen: zeroFen,
};

function curves(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'GET',
    '/recovery/curves',
    {
      ...about,
      summary: "What came in of a period's bills day by day, and of the periods before it",
      query: z.strictObject({
        period: Period.optional().describe('the one of today when absent'),
        periods: z.coerce.number().int().min(1).max(24).default(6),
        station: Station.optional(),
      }),
      response: { 200: RecoveryCurves },
    },
    async ({ query: { period, periods, station }, principal }) => {
      const stations = await stationsOf(db, principal, station);
      const asOf = await stationNow(db);
      const latest = period === undefined ? periodOf(dateOf(asOf)) : toPeriod(period);
      return {
        asOf,
        curves: await recoveryCurves(db, { period: latest, periods, stations, asOf }),
      };
    },
  );
}

function balances(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'GET',
    '/balances',
    {
      permission: 'money.read',
      tag: 'recovery',
      summary: 'Billed, received and outstanding to the fen, by station, and whether they agree',
      response: { 200: Balances },
    },
    async ({ principal: { stations } }) => {
      const asOf = await stationNow(db);
      const rows = await ledgerByStation(db, stations, asOf);
      const total = rows.reduce(addLedger, EMPTY);
      return { asOf, total: { ...total, agrees: agrees(total) }, stations: rows };
    },
  );
}

const EMPTY: Ledger = {
  billedFen: 0,
  creditedFen: 0,
  receivedFen: 0,
  outstandingFen: 0,
  closedFen: 0,
  unusedCreditFen: 0,
};
const addLedger = (a: Ledger, b: Ledger): Ledger => ({
  billedFen: a.billedFen + b.billedFen,
  creditedFen: a.creditedFen + b.creditedFen,
  receivedFen: a.receivedFen + b.receivedFen,
  outstandingFen: a.outstandingFen + b.outstandingFen,
  closedFen: a.closedFen + b.closedFen,
  unusedCreditFen: a.unusedCreditFen + b.unusedCreditFen,
});
