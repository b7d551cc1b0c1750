import type { Api, Problem } from '../../generated/api';

const PREFIX = '/api/v1';

/** What went wrong with a call. `problem` null: no answer came that we can read; the network or the server is down. */
export class ApiError extends Error {
  readonly problem: Problem | null;
  readonly status: number;

  constructor(status: number, problem: Problem | null) {
    super(problem?.detail ?? `no readable answer (${status})`);
    this.name = 'ApiError';
    this.status = status;
    this.problem = problem;
  }
}

let csrf: string | null = null;
/** The token that every order carries; it comes with the session. */
export const keepCsrfToken = (token: string | null): void => void (csrf = token);
/** For what `call` cannot send: a file. */
export const csrfToken = (): string | null => csrf;

type Given<C extends keyof Api> = (keyof Api[C]['params'] extends never
  ? { params?: undefined }
  : { params: Api[C]['params'] }) &
  (Api[C]['body'] extends undefined ? { body?: undefined } : { body: Api[C]['body'] }) & {
    query?: Api[C]['query'];
    /** Makes repeating safe: the API carries out an order of the same key once. */
    key?: string;
    /** The order is carried out and taken back: only what would become of it is asked. Refused where the address has no such thing. */
    dryRun?: true;
    signal?: AbortSignal;
  };

/** The same, whatever the call. */
type AnyGiven = {
  params?: Record<string, unknown> | undefined;
  query?: Record<string, unknown> | undefined;
  body?: unknown;
  key?: string | undefined;
  dryRun?: true | undefined;
  signal?: AbortSignal | undefined;
};

/**
 * Calls the API by its own words: `call('GET /customers/{customerNo}', { params: { customerNo } })`.
 * @throws ApiError for every answer but a success, and for none at all.
 */
export async function call<C extends keyof Api>(
  name: C,
  ...[given]: Partial<Given<C>> extends Given<C> ? [Given<C>?] : [Given<C>]
): Promise<Api[C]['answer']> {
  const [method = 'GET', path = ''] = name.split(' ');
  const { params = {}, query = {}, signal, ...sent }: AnyGiven = given ?? {};
  const answer = await fetch(`${PREFIX}${fill(path, params)}${queryOf(query)}`, {
    method,
    headers: headersOf(method, sent),
    body: sent.body === undefined ? null : JSON.stringify(sent.body),
    signal: signal ?? null,
  }).catch((error: unknown) => {
    if (signal?.aborted === true) throw error;
    throw new ApiError(0, null);
  });
  const json: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw new ApiError(answer.status, json as Problem | null);
  return json as Api[C]['answer'];
}

/** An address of the API for the browser itself to open, such as a file's. */
export const addressOf = (path: string, query: Record<string, unknown>): string =>
  `${PREFIX}${path}${queryOf(query)}`;

function headersOf(
  method: string,
  { body, key, dryRun }: Pick<AnyGiven, 'body' | 'key' | 'dryRun'>,
) {
  return {
    accept: 'application/json',
    'accept-language': document.documentElement.lang,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(method === 'GET' || csrf === null ? {} : { 'x-csrf-token': csrf }),
    ...(key === undefined ? {} : { 'idempotency-key': key }),
    ...(dryRun === undefined ? {} : { 'x-dry-run': 'true' }),
  };
}

const fill = (path: string, params: Record<string, unknown>): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));

function queryOf(query: Record<string, unknown>): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
}
