import type { FastifyInstance } from 'fastify';
import { listStations } from '../db/stations';
import type { Deps } from './deps';
import { route } from './route';
import { itemsOf } from './schema/answers';
import { StationOut } from './schema/customers';

/** The stations that have customers, as far as they are the caller's. */
export function registerStations(app: FastifyInstance, { db }: Deps): void {
  const spec = {
    permission: 'customer.read',
    tag: 'customers',
    summary: 'Stations with customers',
    response: { 200: itemsOf(StationOut) },
  } as const;
  route(app, 'GET', '/stations', spec, async ({ principal: { stations } }) => ({
    items: await listStations(db, stations),
  }));
}
