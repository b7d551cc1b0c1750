import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { endSession, openSession } from '../db/sessions';
import type { Sql } from '../db/client';
import { cookieName } from './auth';
import { newSessionToken, sha256 } from './secrets';

/** Whoever signed in signs in again after so long, whatever happened in between. Source: docs/security.md, "Sessions". */
const SESSION_HOURS = 12;

/** What every cookie of ours is. Lax, so that a link in a letter finds its reader signed in. */
export const cookieOptions = ({ PUBLIC_BASE_URL }: Config) =>
  ({
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: PUBLIC_BASE_URL?.startsWith('https:') === true,
  }) as const;

type Opened = Readonly<{ token: string; open: (tx: Sql) => Promise<boolean> }>;

/**
 * A new session under a new token, whatever cookie came along: one that was planted is worth nothing, one that was good ends.
 * `open` is to be called in the transaction that records the sign-in; false: the person may not sign in any more.
 */
export function newSession(
  request: FastifyRequest,
  config: Config,
  person: Readonly<{ username: string; passwordHash?: string }>,
): Opened {
  const token = newSessionToken();
  const before = request.cookies[cookieName(config)];
  return {
    token,
    async open(tx) {
      if (before !== undefined) await endSession(tx, sha256(before));
      const { username, passwordHash } = person;
      const hours = SESSION_HOURS;
      return openSession(tx, { tokenSha256: sha256(token), username, hours, passwordHash });
    },
  };
}

/** Hands the token to the browser. */
export function giveCookie(reply: FastifyReply, config: Config, token: string): void {
  const maxAge = SESSION_HOURS * 3_600;
  reply.setCookie(cookieName(config), token, { ...cookieOptions(config), maxAge });
}

/** Takes it back. */
export function takeCookie(reply: FastifyReply, config: Config): void {
  reply.clearCookie(cookieName(config), cookieOptions(config));
}
