import { z } from 'zod';
import { temporalVariables } from './temporal-variables';

const provider = { live: true };
const secret = { secret: true };
const oidc = { oidc: true };
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' });
const perSecond = z.coerce.number('must be a number').positive('must be above 0').max(10_000);

/** Every variable that Tarim reads. `.env.example` is printed from here, so the description is what an operator reads. */
export const variables = {
  DATABASE_URL: postgresUrl.optional().meta({
    ...secret,
    description: 'Postgres to use. Absent: the one that `tarim up` runs in TARIM_HOME.',
    example: 'postgres://tarim:password@db.internal:5432/tarim',
  }),
  ...temporalVariables,
  TARIM_HOME: z.string().optional().meta({
    description: 'Where `tarim up` keeps its database, logs and run.json. Default ~/.tarim.',
    example: '/srv/tarim',
  }),
  TARIM_CACHE: z.string().optional().meta({
    description:
      'Where engine binaries are kept. Default $XDG_CACHE_HOME/tarim, else ~/.cache/tarim.',
    example: '/var/cache/tarim',
  }),
  TARIM_WITH_UI: z.stringbool('must be 1 or 0').default(false).meta({
    description: 'Build the Temporal UI too (needs Go) when it is not in TARIM_CACHE or on PATH.',
  }),
  UNSUBSCRIBE_SECRET: z
    .string()
    .min(32, 'must be 32 characters or more')
    .optional()
    .meta({
      ...secret,
      description:
        'Signs the addresses by which a customer ends offers of the device; needed, with PUBLIC_BASE_URL, to send any. Another one ends the addresses already sent.',
      example: 'thirty-two-characters-or-more-of-chance',
    }),
  WORKER_METRICS: z
    .string()
    .regex(/^([\w.-]+|\[[0-9a-fA-F:]+\]):\d{1,5}$/, 'must be address:port')
    .optional()
    .meta({
      description:
        "Where a worker serves Temporal's figures of its work for Prometheus. Absent: nowhere. It asks nobody who they are: keep it inside.",
      example: '127.0.0.1:9464',
    }),
  DELIVERY: z.enum(['capture', 'live'], 'must be capture or live').default('capture').meta({
    description: 'capture keeps every message in the database and sends none; live sends.',
  }),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'must be a smtp:// or smtps:// URL' })
    .optional()
    .meta({
      ...secret,
      ...provider,
      description: 'Outgoing mail server.',
      example: 'smtps://user:password@mail.internal:465',
    }),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*@[^\s@]+$/, 'must hold a mail address')
    .optional()
    .meta({ ...provider, description: 'Sender of every letter.', example: 'fees@example.org' }),
  MAIL_ID_DOMAIN: z
    .string()
    .regex(/^[A-Za-z0-9.-]+$/, 'must be a host name')
    .optional()
    .meta({
      ...provider,
      description: 'Right half of the Message-ID; never change it while mail is under way.',
      example: 'mail.example.org',
    }),
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-fA-F]{32}$/, 'must be AC and 32 hex digits')
    .optional()
    .meta({
      ...provider,
      description: 'Twilio account.',
      example: 'AC00000000000000000000000000000000',
    }),
  TWILIO_AUTH_TOKEN: z
    .string()
    .min(1)
    .optional()
    .meta({
      ...secret,
      ...provider,
      description: 'Twilio password.',
      example: 'keep-it-in-a-file',
    }),
  TWILIO_FROM: z
    .string()
    .regex(/^(\+[1-9]\d{6,14}|MG[0-9a-fA-F]{32})$/, 'must be +number or a messaging service (MG…)')
    .optional()
    .meta({
      ...provider,
      description: 'Sending number, or messaging service.',
      example: '+8613800000000',
    }),
  TWILIO_API_BASE_URL: z.url('must be a URL').optional().meta({
    description: 'Another address for the Twilio API, as a stand-in for trials.',
    example: 'http://localhost:4010',
  }),
  SMS_PER_SECOND: perSecond.default(20).meta({ description: 'Text messages a second, at most.' }),
  MAIL_PER_SECOND: perSecond.default(50).meta({ description: 'Letters a second, at most.' }),
  PROVIDER_TIMEOUT_MS: z.coerce
    .number('must be a number')
    .int('must be whole')
    .min(100)
    .max(120_000)
    .default(10_000)
    .meta({ description: 'How long one call to a provider may take.' }),
  API_HOST: z.string().min(1).default('127.0.0.1').meta({
    description: 'Address that the API listens on; another than 127.0.0.1 belongs behind TLS.',
  }),
  API_PORT: z.coerce
    .number('must be a number')
    .int('must be whole')
    .min(0)
    .max(65_535)
    .optional()
    .meta({
      description: 'Port of the API. Absent: 7070, or a free one that `tarim up` chooses.',
      example: '7070',
    }),
  PUBLIC_BASE_URL: z
    .url({ protocol: /^https?$/, error: 'must be a http:// or https:// URL' })
    .regex(/[^/]$/, 'must not end in a slash')
    .optional()
    .meta({
      description:
        'Where browsers and providers reach the API. Signatures of callbacks are checked against it, never against headers.',
      example: 'https://tarim.example.org',
    }),
  TRUSTED_PROXIES: z
    .string()
    .regex(
      /^(\d{1,2}|[0-9a-fA-F.:/]+(,[0-9a-fA-F.:/]+)*)$/,
      'must be a number of proxies, or addresses',
    )
    .optional()
    .meta({
      description:
        'Proxies in front of the API: how many, or their addresses. Absent: none is believed.',
      example: '1',
    }),
  OIDC_ISSUER: z
    .url('must be a URL')
    .regex(
      /^(https:|http:\/\/(localhost|127\.0\.0\.1)[:/])/,
      'must be https://, or http:// on this machine',
    )
    .optional()
    .meta({
      ...oidc,
      description: 'Identity provider that people may sign in through.',
      example: 'https://login.example.org/realms/tarim',
    }),
  OIDC_CLIENT_ID: z
    .string()
    .min(1)
    .optional()
    .meta({ ...oidc, description: 'What the identity provider knows Tarim as.', example: 'tarim' }),
  OIDC_CLIENT_SECRET: z
    .string()
    .min(1)
    .optional()
    .meta({
      ...oidc,
      ...secret,
      description: 'Password of Tarim at the identity provider.',
      example: 'keep-it-in-a-file',
    }),
  TARIM_API_URL: z
    .url({ protocol: /^https?$/, error: 'must be a http:// or https:// URL' })
    .optional()
    .meta({
      description: 'The API that the commands talk to. Absent: the one that runs in TARIM_HOME.',
      example: 'https://tarim.example.org',
    }),
  TARIM_TOKEN: z
    .string()
    .min(1)
    .optional()
    .meta({
      ...secret,
      description: 'The token of the commands. Absent: the one that `tarim up` left in TARIM_HOME.',
      example: 'keep-it-in-a-file',
    }),
  IMPORT_MIB_MAX: z.coerce
    .number('must be a number')
    .int('must be whole')
    .min(1)
    .max(2047)
    .default(512)
    .meta({ description: 'Longest file for import in MiB, as it is sent and unzipped.' }),
  LETTER_FONT: z.string().optional().meta({
    description:
      'Font file (TTF or OTF) that letters are printed in. Absent: Noto Sans Hans, which Tarim brings.',
    example: '/usr/share/fonts/SourceHanSansSC-Regular.otf',
  }),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .meta({ description: 'fatal, error, warn, info, debug, trace or silent.' }),
};

export type Name = keyof typeof variables;
export const names = Object.keys(variables) as Name[];

const marked = (mark: 'secret' | 'live' | 'oidc' | 'tls') =>
  names.filter((name) => variables[name].meta()?.[mark]);
/** Each may also come from the file named by `<NAME>_FILE`, so that it never stands in a process list. */
export const secretNames: readonly Name[] = marked('secret');
/** Without these nothing can be delivered. */
export const liveNames: readonly Name[] = marked('live');
/** All of them or none; and then PUBLIC_BASE_URL, where the provider sends people back to. */
export const oidcNames: readonly Name[] = marked('oidc');
/** They say how to speak with a Temporal that TEMPORAL_ADDRESS names; the one in TARIM_HOME speaks plainly. */
export const tlsNames: readonly Name[] = marked('tls');
