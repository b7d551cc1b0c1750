import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { pageOf, Problem } from '../api/schema/answers';
import { apiAddressOf } from '../engine/connect';
import type { Cli } from './cli';
import { Exit, EXIT, type ExitCode } from './exit';

const TIMEOUT_MS = 30_000;
/** The most that a page of the API holds. */
const PAGE_MAX = 200;

type Query = Readonly<Record<string, string | number | undefined>>;
type Asked<S> = Readonly<{ query?: Query; answer: S }>;
type Sent<S> = Readonly<{
  method?: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body: unknown;
  answer: S;
  /** The order's id: sent again, nothing is done twice. */
  key?: string;
  dryRun?: boolean | undefined;
}>;

/** The HTTP API as commands use it. What it refuses is an Exit with its sentence; what it answers is checked by the shape that it was written with. */
export type Api = Readonly<{
  get: <S extends z.ZodType>(path: string, asked: Asked<S>) => Promise<z.output<S>>;
  /** As many as wanted, page after page. */
  list: <S extends z.ZodType>(
    path: string,
    asked: Asked<S> & Readonly<{ limit: number }>,
  ) => Promise<z.output<S>[]>;
  send: <S extends z.ZodType>(path: string, sent: Sent<S>) => Promise<z.output<S>>;
  /** A file that the API makes, with what its headers say. */
  file: (
    path: string,
    asked: Readonly<{ query?: Query; key: string }>,
  ) => Promise<Readonly<{ bytes: Buffer; headers: Headers }>>;
}>;

/** @throws NothingRuns when there is no API to talk to, Exit 4 when there is no token for it. */
export async function openApi(cli: Cli, timeoutMs = TIMEOUT_MS): Promise<Api> {
  const config = await cli.config();
  const home = config.TARIM_HOME;
  const given = cli.apiUrl() ?? config.TARIM_API_URL;
  const base = `${(given ?? apiAddressOf(home)).replace(/\/+$/, '')}/api/v1`;
  // The home's own token is for the home's own API: it is not shown to another.
  const token = config.TARIM_TOKEN ?? (given === undefined ? leftIn(home) : null);
  if (token === null) throw new Exit(EXIT.refused, cli.t('api.noToken', { base }));
  const load = loading(cli, { base, token, timeoutMs });
  const ask = asking(cli, base, load);
  return {
    get: (path, { query = {}, answer }) => ask(`${path}${written(query)}`, {}, answer),
    async list(path, { query = {}, answer, limit }) {
      const all: z.output<typeof answer>[] = [];
      let cursor: string | undefined;
      do {
        const wanted = Math.min(PAGE_MAX, limit - all.length);
        const url = `${path}${written({ ...query, limit: wanted, cursor })}`;
        const page = await ask(url, {}, pageOf(answer));
        all.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined && all.length < limit);
      return all;
    },
    async send(path, { method = 'POST', body, answer, key, dryRun }) {
      const headers = {
        'content-type': 'application/json',
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(dryRun === true ? { 'x-dry-run': 'true' } : {}),
      };
      try {
        return await ask(path, { method, headers, body: JSON.stringify(body) }, answer);
      } catch (error) {
        throw key === undefined ? error : repeatable(cli, error, key);
      }
    },
    async file(path, { query = {}, key }) {
      const headers = { 'idempotency-key': key };
      const { got, bytes } = await load(`${path}${written(query)}`, { headers });
      return { bytes, headers: got.headers };
    },
  };
}

function leftIn(home: string): string | null {
  try {
    return readFileSync(join(home, 'token'), 'utf8').trim();
  } catch {
    return null;
  }
}

function written(query: Query): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) given.set(name, String(value));
  return given.size === 0 ? '' : `?${given.toString()}`;
}

type Init = Readonly<{ method?: string; body?: string; headers?: Record<string, string> }>;
type Load = (path: string, init: Init) => Promise<Readonly<{ got: Response; bytes: Buffer }>>;

/** What the API answers, as bytes. @throws Exit with its sentence when it refuses. */
const loading =
  (
    cli: Cli,
    { base, token, timeoutMs }: Readonly<{ base: string; token: string; timeoutMs: number }>,
  ): Load =>
  async (path, init) => {
    const headers = {
      ...init.headers,
      authorization: `Bearer ${token}`,
      'accept-language': cli.lang,
    };
    const signal = AbortSignal.timeout(timeoutMs);
    const url = `${base}${path}`;
    // A redirect would carry the token to somebody else.
    const got = await fetch(url, { ...init, headers, signal, redirect: 'error' }).catch(() => null);
    const body = await got?.arrayBuffer().catch(() => null);
    if (got === null || body === null || body === undefined)
      throw new Exit(EXIT.tryLater, cli.t('api.away', { base }));
    const bytes = Buffer.from(body);
    if (!got.ok) throw refusal(cli, got.status, parsed(bytes.toString('utf8')));
    return { got, bytes };
  };

type Ask = <S extends z.ZodType>(path: string, init: Init, answer: S) => Promise<z.output<S>>;

const asking =
  (cli: Cli, base: string, load: Load): Ask =>
  async (path, init, answer) => {
    const { bytes } = await load(path, init);
    const checked = answer.safeParse(parsed(bytes.toString('utf8')));
    if (!checked.success)
      throw new Exit(EXIT.failure, cli.t('api.otherVersion', { url: `${base}${path}` }));
    return checked.data;
  };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refusal({ t }: Cli, status: number, value: unknown): Exit {
  const { data: problem } = Problem.safeParse(value);
  if (problem === undefined) return new Exit(codeOf(status), t('api.noProblem', { status }));
  const { code, detail, requestId, errors = [] } = problem;
  // The sentence of a bad request names its fields already.
  const places =
    code === 'badRequest' ? [] : errors.map(({ path, message }) => `  ${path}: ${message}`);
  const sentence = t(`problem.${code}`, { detail, requestId });
  return new Exit(codeOf(status), [sentence, ...places].join('\n'));
}

/** Source: design 8. */
function codeOf(status: number): ExitCode {
  if ([400, 413, 415, 422].includes(status)) return EXIT.usage;
  if ([401, 403, 404, 405, 409].includes(status)) return EXIT.refused;
  return [429, 502, 503, 504].includes(status) ? EXIT.tryLater : EXIT.failure;
}

/** Nobody knows what became of an order that had no clear answer. Given again with its id it is carried out once. */
function repeatable({ t }: Cli, error: unknown, key: string): unknown {
  if (!(error instanceof Exit) || (error.code !== EXIT.tryLater && error.code !== EXIT.failure))
    return error;
  return new Exit(error.code, `${error.message}\n${t('api.repeat', { key })}`);
}
