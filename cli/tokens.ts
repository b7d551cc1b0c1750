import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { NewToken, Token } from '../api/schema/staff';
import { countOption } from './arguments';
import type { Cli, Listed, Ordered } from './cli';
import { openApi } from './client';
import { inUrl, order } from './order';
import { printRows, type Column } from './print-rows';
import { wallClock } from './screen';

export type NewTokenOptions = Readonly<{
  scope: string[];
  days: string;
  reason: string;
  json?: boolean;
}>;

/** Prints one's own tokens, without their secrets. */
export async function listTokens(cli: Cli, options: Listed): Promise<void> {
  const { t } = cli;
  const limit = countOption(cli, options.limit);
  const columns: Column<z.output<typeof Token>>[] = [
    { head: t('head.token'), of: ({ id }) => id },
    { head: t('head.name'), grows: true, of: ({ name }) => name },
    { head: t('head.scopes'), grows: true, of: ({ scopes }) => scopes.join(' ') },
    { head: t('head.expires'), of: ({ expiresAt }) => expiresAt && wallClock(expiresAt) },
    { head: t('head.lastUsed'), of: ({ lastUsedAt }) => lastUsedAt && wallClock(lastUsedAt) },
    { head: t('head.revoked'), of: ({ revokedAt }) => revokedAt && wallClock(revokedAt) },
  ];
  const rows = await (await openApi(cli)).list('/tokens', { answer: Token, limit });
  await printRows(cli, Token, rows, columns, options);
}

/** The secret alone goes to stdout, so that it can be sent into a file; it is shown this once. */
export async function createToken(
  cli: Cli,
  name: string,
  { scope: scopes, days, reason, json }: NewTokenOptions,
): Promise<void> {
  const body = { name, scopes, days: countOption(cli, days), reason };
  const key = `cli-${randomUUID()}`;
  const made = await (await openApi(cli)).send('/tokens', { body, answer: NewToken, key });
  if (json === true) cli.screen.json(made);
  else {
    cli.screen.aside(cli.t('token.create.done', { id: made.tokenId }));
    cli.screen.line(made.token);
  }
}

export const revokeToken = (cli: Cli, id: string, options: Ordered): Promise<void> =>
  order(cli, options, { path: `/tokens/${inUrl(id)}/revoke`, done: 'token.revoke.done' });
