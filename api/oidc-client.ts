import type * as OidcModule from 'openid-client' with { 'resolution-mode': 'import' };
import type { Config } from '../config';
import { ProblemError } from './problem';

type Oidc = typeof OidcModule;
type Provider = OidcModule.Configuration;

/** What is needed for it; the configuration is checked to have all or nothing. */
export type OidcConfig = Readonly<{
  issuer: string;
  clientId: string;
  clientSecret: string;
  baseUrl: string;
}>;
export type OidcClient = Readonly<{ oidc: Oidc; provider: Provider; baseUrl: string }>;

const TIMEOUT_S = 10;

/** Null: there is no identity provider. */
export function oidcConfigOf(config: Config): OidcConfig | null {
  const {
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: clientSecret,
  } = config;
  const baseUrl = config.PUBLIC_BASE_URL;
  const all = { issuer, clientId, clientSecret, baseUrl };
  return Object.values(all).includes(undefined) ? null : (all as OidcConfig);
}

/** A subject is one person's only at one issuer, so both are kept. @throws ProblemError 409 without an identity provider. */
export function oidcSubjectOf(config: Config, subject: string): string {
  if (config.OIDC_ISSUER === undefined)
    throw new ProblemError('refused', 'No identity provider is set up (OIDC_ISSUER).');
  return `${new URL(config.OIDC_ISSUER).href} ${subject}`;
}

/** Asks the provider what it offers when first needed, and again after it did not answer. */
export function oidcClient(given: OidcConfig): () => Promise<OidcClient> {
  let asking: Promise<OidcClient> | null = null;
  return async () => {
    asking ??= discover(given);
    try {
      return await asking;
    } catch (error) {
      asking = null;
      throw away(error);
    }
  };
}

async function discover({
  issuer,
  clientId,
  clientSecret,
  baseUrl,
}: OidcConfig): Promise<OidcClient> {
  const oidc = await import('openid-client');
  const execute = [
    // TLS alone would do by the standard; a signature also holds where a proxy ends the TLS.
    oidc.enableNonRepudiationChecks,
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- its way of warning; the configuration takes http on this machine only
    ...(issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : []),
  ];
  const options = { execute, timeout: TIMEOUT_S };
  const provider = await oidc.discovery(
    new URL(issuer),
    clientId,
    undefined,
    oidc.ClientSecretBasic(clientSecret),
    options,
  );
  return { oidc, provider, baseUrl };
}

/** @returns what is told when the provider does not answer, or answers nonsense. */
export const away = (cause: unknown): ProblemError =>
  Object.assign(
    new ProblemError(
      'unavailable',
      'The identity provider does not answer. Try again, or sign in by password.',
      { headers: { 'retry-after': '10' } },
    ),
    { cause },
  );
