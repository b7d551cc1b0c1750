import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { findMessage, listMessages } from '../db/list-messages';
import { sees } from '../domain/permissions';
import type { Deps } from './deps';
import { pageOf, pageQuery, paged, readCursor } from './page';
import { notFound } from './problem';
import { route } from './route';
import { CustomerNo, Period, Station } from './schema/common';
import { CHANNELS, Message, MESSAGE_STATES, MessageText } from './schema/messages';

const about = { permission: 'message.read', tag: 'messages' } as const;

/** What was sent, to whom, and what became of it. */
export function registerMessages(app: FastifyInstance, { db }: Deps): void {
  const list = {
    ...about,
    summary: 'Messages without their texts, the latest first',
    query: z.strictObject({
      ...pageQuery,
      station: Station.optional(),
      customerNo: CustomerNo.optional(),
      period: Period.optional(),
      channel: z.enum(CHANNELS).optional(),
      status: z.enum(MESSAGE_STATES).optional(),
    }),
    response: { 200: pageOf(Message) },
  } as const;
  route(app, 'GET', '/messages', list, async ({ query, principal: { stations } }) => {
    const { limit, cursor, ...given } = query;
    const { station = null, customerNo = null, period = null } = given;
    const { channel = null, status = null } = given;
    const after = readCursor(z.tuple([z.iso.datetime(), z.uuid()]), cursor);
    const filter = { stations, station, customerNo, period, channel, status };
    const rows = await listMessages(db, { ...filter, after, limit: limit + 1 });
    return paged(rows, limit, ({ sendingAt, id }) => [sendingAt, id]);
  });
  const one = {
    ...about,
    summary: 'One message with all that it said',
    params: z.strictObject({ id: z.uuid() }),
    response: { 200: MessageText },
  } as const;
  route(app, 'GET', '/messages/:id', one, async ({ params: { id }, principal }) => {
    const message = await findMessage(db, id);
    if (message === null || !sees(principal, message.station)) throw notFound(`message ${id}`);
    return message;
  });
}
