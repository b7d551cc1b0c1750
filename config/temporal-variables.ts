import { z } from 'zod';

const secret = { secret: true };
const tls = { tls: true };
const pem = (kind: string) =>
  z
    .string()
    .regex(new RegExp(`^-----BEGIN ${kind}-----`), 'must be PEM text; name its file with …_FILE')
    .optional();

/** How to reach Temporal, and what it may see. */
export const temporalVariables = {
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s/:]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/, 'must be host:port')
    .optional()
    .meta({
      description: 'Temporal frontend to use. Absent: the one that `tarim up` runs in TARIM_HOME.',
      example: 'temporal.internal:7233',
    }),
  TEMPORAL_NAMESPACE: z
    .string()
    .regex(/^[\w.-]+$/, 'must be letters, digits, dots, dashes or underscores')
    .default('tarim')
    .meta({ description: 'Temporal namespace of the real book.' }),
  TEMPORAL_TASK_QUEUE: z
    .string()
    .regex(/^[\w.-]+$/, 'must be letters, digits, dots, dashes or underscores')
    .default('tarim')
    .meta({ description: 'Queue that the workers take their work from.' }),
  TEMPORAL_TLS: z.stringbool('must be 1 or 0').default(false).meta({
    description:
      "Speak TLS with Temporal, trusting the system's authorities. Implied by the variables below.",
  }),
  TEMPORAL_TLS_CA: pem('CERTIFICATE').meta({
    ...secret,
    ...tls,
    description: "Authority that Temporal's certificate is to be signed by.",
    example: '-----BEGIN CERTIFICATE-----',
  }),
  TEMPORAL_TLS_CERT: pem('CERTIFICATE').meta({
    ...secret,
    ...tls,
    description: 'Certificate by which Temporal knows Tarim (mTLS).',
    example: '-----BEGIN CERTIFICATE-----',
  }),
  TEMPORAL_TLS_KEY: pem('(EC |RSA )?PRIVATE KEY').meta({
    ...secret,
    ...tls,
    description: 'Its private key.',
    example: '-----BEGIN PRIVATE KEY-----',
  }),
  TEMPORAL_TLS_SERVER_NAME: z
    .string()
    .regex(/^[A-Za-z0-9.-]+$/, 'must be a host name')
    .optional()
    .meta({
      ...tls,
      description: "Name in Temporal's certificate, where it is not that of TEMPORAL_ADDRESS.",
      example: 'temporal.internal',
    }),
  TEMPORAL_API_KEY: z
    .string()
    .min(1)
    .optional()
    .meta({
      ...secret,
      ...tls,
      description: 'Key by which Temporal knows Tarim, as Temporal Cloud gives it.',
      example: 'keep-it-in-a-file',
    }),
  TEMPORAL_CODEC_KEYS: z
    .string()
    .regex(
      /^\s*[\w.-]+:[A-Za-z0-9+/]{43}=(\s+[\w.-]+:[A-Za-z0-9+/]{43}=)*\s*$/,
      'must be name:key, a key being 32 bytes in base64; several stand on lines of their own',
    )
    .optional()
    .meta({
      ...secret,
      description:
        'Keys that what Temporal keeps is encrypted with (AES-256-GCM): the first encrypts, each decrypts. Absent: nothing is.',
      example: 'k1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=',
    }),
  TEMPORAL_UI_ORIGIN: z
    .url({ protocol: /^https?$/, error: 'must be a http:// or https:// URL' })
    .regex(/[^/]$/, 'must not end in a slash')
    .optional()
    .meta({
      description:
        "Temporal's web page, which may then have decrypted by the API what it shows to a person signed in there.",
      example: 'https://temporal.example.org',
    }),
};
