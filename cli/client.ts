import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import { pageOf } from '../api/schema/answers';
import { apiAddressOf } from '../engine/connect';
import { asking, calling, loading, piecesOf, type Ask } from './calls';
import type { Cli } from './cli';
import { Exit, EXIT } from './exit';

const TIMEOUT_MS = 30_000;
/** A file that comes or goes. */
const FILE_TIMEOUT_MS = 15 * 60_000;
/** The most that a page of the API holds. */
const PAGE_MAX = 200;

export type Query = Readonly<Record<string, string | number | undefined>>;
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
  /** The same, as it comes: it is never held whole. */
  stream: (
    path: string,
    asked: Readonly<{ query?: Query; key?: string }>,
  ) => Promise<AsyncIterable<Buffer>>;
  /** A file, as it goes. */
  upload: <S extends z.ZodType>(path: string, sent: Uploaded<S>) => Promise<z.output<S>>;
}>;

type Uploaded<S> = Asked<S> &
  Readonly<{ body: Readable; key: string; dryRun?: boolean | undefined }>;

/** @throws NothingRuns when there is no API to talk to, Exit 4 when there is no token for it. */
export async function openApi(cli: Cli, timeoutMs = TIMEOUT_MS): Promise<Api> {
  const config = await cli.config();
  const home = config.TARIM_HOME;
  const given = cli.apiUrl() ?? config.TARIM_API_URL;
  const base = `${(given ?? apiAddressOf(home)).replace(/\/+$/, '')}/api/v1`;
  // The home's own token is for the home's own API: it is not shown to another.
  const token = config.TARIM_TOKEN ?? (given === undefined ? leftIn(home) : null);
  if (token === null) throw new Exit(EXIT.refused, cli.t('api.noToken', { base }));
  const call = calling(cli, { base, token, timeoutMs });
  const load = loading(cli, base, call);
  const ask = asking(cli, base, load);
  return {
    get: (path, { query = {}, answer }) => ask(`${path}${written(query)}`, {}, answer),
    list: listing(ask),
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
    async stream(path, { query = {}, key }) {
      const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
      const got = await call(`${path}${written(query)}`, { headers, timeoutMs: FILE_TIMEOUT_MS });
      return piecesOf(cli, base, got);
    },
    async upload(path, { query = {}, body, key, dryRun, answer }) {
      const headers = {
        'content-type': 'application/octet-stream',
        'idempotency-key': key,
        ...(dryRun === true ? { 'x-dry-run': 'true' } : {}),
      };
      const init = { method: 'POST', headers, body, timeoutMs: FILE_TIMEOUT_MS };
      try {
        return await ask(`${path}${written(query)}`, init, answer);
      } catch (error) {
        throw repeatable(cli, error, key);
      }
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

const listing =
  (ask: Ask): Api['list'] =>
  async (path, { query = {}, answer, limit }) => {
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
  };

/** Nobody knows what became of an order that had no clear answer. Given again with its id it is carried out once. */
function repeatable({ t }: Cli, error: unknown, key: string): unknown {
  if (!(error instanceof Exit) || (error.code !== EXIT.tryLater && error.code !== EXIT.failure))
    return error;
  return new Exit(error.code, `${error.message}\n${t('api.repeat', { key })}`);
}
