import type { FastifyInstance, FastifyReply } from 'fastify';
import type { z } from 'zod';
import { codecOf } from '../config/temporal-codec';
import type { Deps } from './deps';
import { ProblemError } from './problem';
import { route } from './route';
import { Payloads } from './schema/codec';

/** A whole history as Temporal's page asks for it. */
const BYTES_MAX = 4 * 1024 * 1024;
const ALLOWED = 'content-type, x-namespace, authorization';

/**
 * Temporal's remote codec: its page and its command line (`--codec-endpoint …/api/v1/codec --codec-auth "Bearer …"`) have decrypted what they
 * show, as whoever is signed in there and may see how the system works.
 */
export function registerCodec(app: FastifyInstance, { config }: Deps): void {
  const { TEMPORAL_CODEC_KEYS: keys, TEMPORAL_UI_ORIGIN: origin } = config;
  const codec = keys === undefined ? null : codecOf(keys);
  const toPage = (reply: FastifyReply): void => {
    if (origin === undefined) return;
    reply.header('access-control-allow-origin', origin);
    reply.header('access-control-allow-credentials', 'true');
    reply.header('vary', 'origin');
  };
  // A browser asks first, and without saying who it is.
  app.options(
    '/codec/decode',
    { config: { permission: 'public' }, schema: { hide: true } },
    async (_, reply) => {
      toPage(reply);
      reply.header('access-control-allow-methods', 'POST');
      reply.header('access-control-allow-headers', ALLOWED);
      return reply.code(204).send();
    },
  );
  const spec = {
    permission: 'system.read',
    tag: 'system',
    summary: 'Decrypt what Temporal keeps, in the form of its remote codec',
    body: Payloads,
    bodyLimit: BYTES_MAX,
    forTemporalUi: true,
    response: { 200: Payloads },
  } as const;
  route(app, 'POST', '/codec/decode', spec, async ({ body, reply }) => {
    toPage(reply);
    if (codec === null)
      throw new ProblemError(
        'refused',
        'Nothing is encrypted here: TEMPORAL_CODEC_KEYS is absent.',
      );
    try {
      return { payloads: (await codec.decode(body.payloads.map(toBytes))).map(toText) };
    } catch (error) {
      // A key that is missing says so; what does not decrypt was not encrypted by us.
      const because = error instanceof RangeError ? error.message : 'It was not encrypted here.';
      throw new ProblemError('refused', because);
    }
  });
}

type Text = z.output<typeof Payloads>['payloads'][number];
type Bytes = Parameters<ReturnType<typeof codecOf>['decode']>[0][number];

const toBytes = ({ metadata, data }: Text): Bytes => ({
  metadata: mapped(metadata ?? {}, (text) => Buffer.from(text, 'base64')),
  data: Buffer.from(data ?? '', 'base64'),
});

const toText = ({ metadata, data }: Bytes): Text => ({
  metadata: mapped(metadata ?? {}, (bytes) => Buffer.from(bytes).toString('base64')),
  data: Buffer.from(data ?? []).toString('base64'),
});

const mapped = <A, B>(values: Readonly<Record<string, A>>, to: (value: A) => B) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, to(value)]));
