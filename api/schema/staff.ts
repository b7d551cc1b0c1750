import { z } from 'zod';
import { permissions, roles } from '../../domain/permissions';
import { Done } from './answers';
import { InstantOut, printable, Station } from './common';

/** As it is kept: small letters, so that nobody is two people. */
export const Username = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._@-]{0,63}$/, 'not a username (a to z, digits, . _ @ -)');
export const Role = z.enum(roles);
export const PermissionName = z.enum(permissions);
/** Something that people call a person or a token. It goes into letters and headers. */
export const Label = z
  .string()
  .trim()
  .min(1, 'say what')
  .max(100, 'at most 100 characters')
  .refine(printable, 'no control characters');
export const Stations = z
  .array(Station)
  .max(200)
  .nullable()
  .describe('the stations that the person works for; null: all');
export const Assignee = Label.nullable().describe('the name that tasks carry, collector:TB01');
/** Longer than any password may be, so that only the rule itself speaks of its length. */
export const Password = z.string().min(1).max(512);

export const User = z
  .object({
    username: z.string(),
    name: z.string(),
    role: Role,
    stations: z.array(z.string()).nullable().describe('null: all'),
    assignee: z.string().nullable(),
    disabledAt: InstantOut.nullable(),
    hasPassword: z.boolean(),
    oidcSubject: z.string().nullable().describe('issuer and subject at the identity provider'),
    createdBy: z.string(),
    createdAt: InstantOut,
  })
  .meta({ id: 'User' });

export const SessionInfo = z
  .object({
    username: z.string(),
    name: z.string(),
    role: Role,
    stations: z.array(z.string()).nullable().describe('null: all'),
    assignee: z.string().nullable(),
    permissions: z.array(PermissionName),
    csrfToken: z
      .string()
      .nullable()
      .describe('to be sent as X-CSRF-Token with every order; null for a token, which needs none'),
  })
  .meta({ id: 'Session' });

export const Token = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(z.string()).describe('`*`: all that the person may'),
    createdAt: InstantOut,
    expiresAt: InstantOut.nullable(),
    revokedAt: InstantOut.nullable(),
    lastUsedAt: InstantOut.nullable(),
  })
  .meta({ id: 'Token' });

export const NewToken = z.object({
  ...Done.shape,
  tokenId: z.string(),
  token: z.string().describe('the secret; it is shown this once'),
});
