import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { recordInbound, recordReceipt } from '../db/callbacks';
import { stationNow } from '../db/clock';
import { inboundWord } from '../domain/inbound-word';
import { endsAddress, isSigned, receiptOf, type Fields } from '../providers/twilio-callback';
import type { Config } from '../config';
import type { Deps } from './deps';
import { notFound, ProblemError } from './problem';
import { route } from './route';

const Form = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
/** TwiML that says nothing. */
const NOTHING = '<?xml version="1.0" encoding="UTF-8"?><Response/>';
const spec = {
  permission: 'public',
  tag: 'callbacks',
  form: true,
  query: z.looseObject({ intent: z.uuid().optional() }),
  body: Form,
  response: {
    200: { description: 'Empty TwiML', content: { 'text/xml': { schema: z.string() } } },
  },
} as const;

/** What Twilio tells us. Nobody signs in here: the signature over the public address and the form is looked at before anything else. */
export function registerCallbacks(app: FastifyInstance, { db, config }: Deps): void {
  const status = { ...spec, summary: 'What became of a text message, told and signed by Twilio' };
  route(
    app,
    'POST',
    '/callbacks/twilio/status',
    status,
    async ({ request, query, body, reply }) => {
      verify(config, request, body);
      const {
        MessageSid: providerId,
        MessageStatus,
        ErrorCode: code = '',
      } = read(StatusFields, body);
      const receipt = receiptOf[MessageStatus];
      if (receipt !== undefined) {
        const ends = receipt === 'undelivered' ? (endsAddress[code] ?? null) : null;
        const report = { providerId, messageId: query.intent ?? null, receipt, code, ends };
        if (!(await recordReceipt(db, report, await stationNow(db))))
          throw notFound('such message of ours');
      }
      return reply.type('text/xml').send(NOTHING);
    },
  );

  const inbound = { ...spec, summary: 'A text message that came in, told and signed by Twilio' };
  route(app, 'POST', '/callbacks/twilio/inbound', inbound, async ({ request, body, reply }) => {
    verify(config, request, body);
    const { MessageSid: providerId, From, Body, OptOutType } = read(InboundFields, body);
    const word = inboundWord(OptOutType ?? Body);
    const order = {
      actor: 'twilio',
      reason: `text ${providerId}`,
      at: await stationNow(db),
      door: 'callback',
      requestId: request.id,
    } as const;
    await recordInbound(db, { providerId, address: From, word, text: Body }, order);
    return reply.type('text/xml').send(NOTHING);
  });
}

const Sid = z.string().regex(/^(SM|MM)[0-9a-fA-F]{32}$/, 'must be SM or MM and 32 hex digits');
const StatusFields = z.object({
  MessageSid: Sid,
  MessageStatus: z.string().max(40),
  ErrorCode: z
    .string()
    .regex(/^\d{0,6}$/, 'must be a number')
    .optional(),
});
const InboundFields = z.object({
  MessageSid: Sid,
  From: z.string().regex(/^\+?[\w:+]{1,40}$/, 'must be a telephone number'),
  // Postgres keeps no NUL; the other control characters would only spoil the timeline.
  Body: z
    .string()
    .max(1_600)
    .transform((text) => text.replace(/\p{Cc}+/gu, ' ').trim()),
  OptOutType: z.enum(['STOP', 'START', 'HELP']).optional(),
});

function read<T extends z.ZodType>(shape: T, fields: Fields): z.output<T> {
  const { success, data, error } = shape.safeParse(fields);
  if (success) return data;
  const detail = error.issues.map(({ path, message }) => `body/${path.join('/')}: ${message}`);
  throw new ProblemError('badRequest', detail.join('; '));
}

/** The address is the configured one: a header that names the host is anybody's word. */
function verify(config: Config, request: FastifyRequest, fields: Fields): void {
  const { PUBLIC_BASE_URL, TWILIO_AUTH_TOKEN } = config;
  if (PUBLIC_BASE_URL === undefined || TWILIO_AUTH_TOKEN === undefined)
    throw new ProblemError(
      'notFound',
      'Callbacks are off here: they need PUBLIC_BASE_URL and TWILIO_AUTH_TOKEN.',
    );
  const signature = request.headers['x-twilio-signature'];
  const url = `${PUBLIC_BASE_URL}${request.url}`;
  if (!isSigned(TWILIO_AUTH_TOKEN, { signature, url, fields }))
    throw new ProblemError(
      'forbidden',
      'The signature is missing or not of this address and form. If Twilio sent this, PUBLIC_BASE_URL or TWILIO_AUTH_TOKEN is not what Twilio uses.',
    );
}
