import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { stationNow } from '../db/clock';
import { addressee, unsubscribe, wantsNoOffers } from '../db/offers';
import type { Deps } from './deps';
import { notFound } from './problem';
import { route } from './route';
import { letterOfToken } from './unsubscribe-address';

const spec = {
  permission: 'public',
  tag: 'callbacks',
  params: z.strictObject({ token: z.string().max(100).describe('out of a letter') }),
  query: z.looseObject({}),
  response: {
    200: { description: 'A page for people', content: { 'text/html': { schema: z.string() } } },
  },
} as const;

/**
 * Where the addressee of an offer ends such letters (RFC 8058). Mail servers open what is in a letter, so GET only asks; POST does it, whatever its body.
 * Nobody signs in here: the token is signed. Bills, reminders and demands are not touched.
 */
export function registerUnsubscribe(app: FastifyInstance, { db, config }: Deps): void {
  const whose = async (token: string): Promise<string> => {
    const messageId = letterOfToken(config, token);
    const customerNo = messageId === null ? null : await addressee(db, messageId);
    if (customerNo === null) throw notFound('such letter of ours');
    return customerNo;
  };
  // In a scope of its own: a mail server sends a form of one of two kinds, or nothing, and it does not matter what is in it.
  void app.register((scope, _, ready) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      '*',
      { parseAs: 'string', bodyLimit: BODY_LIMIT },
      (_request, _body, done) => {
        done(null, undefined);
      },
    );
    const ask = {
      ...spec,
      summary: 'Ask whether offers of the device are to end; changes nothing',
    };
    route(scope, 'GET', '/unsubscribe/:token', ask, async ({ params: { token }, reply }) => {
      const over = await wantsNoOffers(db, await whose(token));
      return page(reply, over ? ENDED : ASK);
    });
    const end = {
      ...spec,
      summary: 'End offers of the device, in one click; a repeat changes nothing',
      bodyLimit: BODY_LIMIT,
    };
    route(
      scope,
      'POST',
      '/unsubscribe/:token',
      end,
      async ({ params: { token }, request, reply }) => {
        const customerNo = await whose(token);
        const order = {
          id: `unsubscribe/${randomUUID()}`,
          actor: 'customer',
          reason: 'by the address in the letter',
          at: await stationNow(db),
          door: 'callback',
          requestId: request.id,
        } as const;
        await unsubscribe(db, order, customerNo);
        return page(reply, ENDED);
      },
    );
    ready();
  });
}

/** What a mail server sends is a few bytes. */
const BODY_LIMIT = 4 * 1024;

type Reply = Parameters<Parameters<typeof route>[4]>[0]['reply'];

/** It may be framed by nobody, runs nothing, loads nothing, and sends its form only here. */
const page = (reply: Reply, main: string): Reply =>
  reply
    .type('text/html; charset=utf-8')
    .header(
      'content-security-policy',
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    )
    .send(
      `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>退订装置推荐 · Unsubscribe</title><main>${main}</main></html>`,
    );

const ASK = `<h1>退订装置推荐</h1><p>您将不再收到智能预付费装置的推荐。电费通知、提醒和催费通知不受影响。</p>
<h2 lang="en">No more offers</h2><p lang="en">You will get no more offers of the prepaid device. Bills, reminders and demands are not affected.</p>
<form method="post"><button>退订 · <span lang="en">Unsubscribe</span></button></form>`;
const ENDED = `<h1>已退订</h1><p>您不会再收到智能预付费装置的推荐。如需恢复，请致电供电所。</p>
<h2 lang="en">Done</h2><p lang="en">You get no more offers of the prepaid device. To have them again, call the station.</p>`;
