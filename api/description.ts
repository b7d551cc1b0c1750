import type { SwaggerOptions } from '@fastify/swagger';
import { version } from '../package.json';

/** The head of the OpenAPI document. */
export const description = {
  openapi: '3.1.0',
  info: {
    title: 'Tarim',
    version,
    description:
      'Electricity-fee collection for supply stations. Amounts are whole fen (1/100 yuan) under names that end in `Fen`; days are civil days in Asia/Shanghai; instants are UTC. Problems are RFC 9457 documents with a stable `code`. Lists turn pages by `cursor`. An order may carry an `Idempotency-Key`, which is its id: the second of the same id changes nothing.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  components: {
    securitySchemes: {
      token: {
        type: 'http',
        scheme: 'bearer',
        description: 'An API token: `tarim_<id>_<secret>`.',
      },
      session: {
        type: 'apiKey',
        in: 'cookie',
        name: 'tarim',
        description: 'A signed-in browser; writing also needs X-CSRF-Token.',
      },
    },
  },
  security: [{ token: [] }, { session: [] }],
} satisfies Extract<SwaggerOptions, { openapi?: unknown }>['openapi'];
