import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { findMessage, listMessages } from '../db/list-messages';
import { sees } from '../domain/permissions';
import type { Deps } from './deps';
import { pageOf, pageQuery, paged, readCursor } from './page';
import { notFound } from './problem';
import { route } from './route';
import { Message, messageFilter, MessageText } from './schema/messages';

/** A filter as it came; what was left out does not matter. */
export function messagesOf(given: z.output<z.ZodObject<typeof messageFilter>>) {
  const { station = null, customerNo = null, period = null, channel = null, status = null } = given;
  return { station, customerNo, period, channel, status };
}

const about = { permission: 'message.read', tag: 'messages' } as const;

/** What was sent, to whom, and what became of it. */
export function registerMessages(app: FastifyInstance, { db }: Deps): void {
  const list = {
    ...about,
    summary: 'Messages without their texts, the latest first',
    query: z.strictObject({ ...pageQuery, ...messageFilter }),
    response: { 200: pageOf(Message) },
  } as const;
  route(app, 'GET', '/messages', list, async ({ query, principal: { stations } }) => {
    const { limit, cursor, ...given } = query;
    const after = readCursor(z.tuple([z.iso.datetime(), z.uuid()]), cursor);
    const rows = await listMessages(db, {
      ...messagesOf(given),
      stations,
      after,
      limit: limit + 1,
    });
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
