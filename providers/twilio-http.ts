import { RequestClient } from 'twilio';
import { retryAfterMs, type TwilioFailure } from './twilio-outcome';

type Settings = Readonly<{ baseUrl?: string; timeoutMs: number }>;
type Request = Parameters<RequestClient['request']>[0];

/**
 * The SDK's own HTTP client, made to end every call within `timeoutMs` (its time-out counts silence only, and a server that
 * trickles bytes never falls silent) and to throw one kind of error, which `twilioFailure` reads: the SDK's own
 * drops the headers, and with them `Retry-After`.
 */
export function twilioHttp({ baseUrl, timeoutMs }: Settings): RequestClient {
  const client = new RequestClient({ timeout: timeoutMs, autoRetry: false });
  client.axios.interceptors.request.use((config) => {
    config.signal = AbortSignal.timeout(timeoutMs);
    return config;
  });

  const request = client.request.bind(client);
  const bounded = async (options: Request) => {
    const response = await request({ ...options, uri: at(options.uri, baseUrl) }).catch(
      (error: unknown) => {
        throw failed(transportFailure(error as TransportError));
      },
    );
    const failure = answerFailure(response);
    if (failure !== null) throw failed(failure);
    return response;
  };
  client.request = bounded as RequestClient['request'];
  return client;
}

/** The failure that an error of this client carries; undefined for any other error, such as a bug. */
export const twilioFailure = (error: unknown): TwilioFailure | undefined =>
  (error as { failure?: TwilioFailure }).failure;

/** Done here because the SDK's `baseUrl` mangles host names of two labels: `sms.local` becomes `sms.local.sms.local`. */
function at(uri: string, baseUrl: string | undefined): string {
  if (baseUrl === undefined) return uri;
  const { pathname, search } = new URL(uri);
  return `${baseUrl.replace(/\/$/, '')}${pathname}${search}`;
}

const failed = (failure: TwilioFailure): Error =>
  Object.assign(new Error(`twilio: ${JSON.stringify(failure)}`), { failure });

type TransportError = { code?: string; cause?: { syscall?: string } };

/** No connection, no request. Everything that happens on an open connection may have happened after Twilio read the request. */
function transportFailure({ code = 'no code', cause }: TransportError): TwilioFailure {
  const unconnected = ['connect', 'getaddrinfo'].includes(cause?.syscall ?? '');
  return { kind: unconnected || UNTRUSTED.test(code) ? 'notSent' : 'lost', cause: code };
}

/** The certificate was not good enough to speak to. */
const UNTRUSTED = /^(ERR_TLS_CERT|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

type Answer = { statusCode: number; body: unknown; headers?: unknown };

function answerFailure({ statusCode: status, body, headers }: Answer): TwilioFailure | null {
  const json = typeof body === 'object' && body !== null ? (body as { code?: unknown }) : null;
  if (status >= 200 && status < 300)
    return json === null ? { kind: 'lost', cause: 'unreadable answer' } : null;
  const hint = (headers as Partial<Record<string, string>> | undefined)?.['retry-after'];
  return {
    kind: 'answered',
    status,
    code: typeof json?.code === 'number' ? json.code : null,
    retryAfterMs: retryAfterMs(hint, Date.now()),
  };
}
