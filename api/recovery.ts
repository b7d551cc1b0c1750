import type { FastifyInstance } from 'fastify';
import { stationNow } from '../db/clock';
import { recoveryByStation } from '../db/recovery';
import { zeroFen } from '../domain/fen';
import { sees } from '../domain/permissions';
import { recovery, type RecoverySums } from '../domain/recovery';
import { addSums } from '../domain/recovery-sums';
import type { Deps } from './deps';
import { route } from './route';
import { Recovery } from './schema/recovery';
import { shared } from './shared';

/** The whole book is settled for it, so it is done once a minute at most and not for each who looks. */
const KEPT_MS = 60_000;

/** How much of what was billed has come in. */
export function registerRecovery(app: FastifyInstance, { db }: Deps): void {
  const figures = shared(KEPT_MS, async () => {
    const asOf = await stationNow(db);
    return { asOf, rows: await recoveryByStation(db, asOf) };
  });
  const spec = {
    permission: 'recovery.read',
    tag: 'recovery',
    summary: 'Recovery of your stations, computed once a minute at most (电费回收率)',
    response: { 200: Recovery },
  } as const;
  route(app, 'GET', '/recovery', spec, async ({ principal }) => {
    const { asOf, rows } = await figures();
    const stations = rows.filter(({ station }) => station !== '*' && sees(principal, station));
    const sums = stations.reduce<RecoverySums>(addSums, NONE);
    return { asOf, total: { ...sums, ...recovery(sums) }, stations };
  });
}

const NONE: RecoverySums = {
  receivableFen: zeroFen,
  receivedFen: zeroFen,
  priorReceivableFen: zeroFen,
  priorReceivedFen: zeroFen,
};
