import type { Readable } from 'node:stream';
import type { z } from 'zod';
import { Problem } from '../api/schema/answers';
import type { Cli } from './cli';
import { Exit, EXIT, type ExitCode } from './exit';

type Init = Readonly<{
  method?: string;
  body?: string | Readable;
  headers?: Record<string, string>;
  timeoutMs?: number;
}>;
export type Call = (path: string, init: Init) => Promise<Response>;
type Load = (path: string, init: Init) => Promise<Readonly<{ got: Response; bytes: Buffer }>>;

/** What the API answers. @throws Exit with its sentence when it refuses. */
export const calling =
  (
    cli: Cli,
    { base, token, timeoutMs }: Readonly<{ base: string; token: string; timeoutMs: number }>,
  ): Call =>
  async (path, { timeoutMs: ms = timeoutMs, ...init }) => {
    const headers = {
      ...init.headers,
      authorization: `Bearer ${token}`,
      'accept-language': cli.lang,
    };
    // A redirect would carry the token to somebody else.
    const how = { headers, signal: AbortSignal.timeout(ms), redirect: 'error', duplex: 'half' };
    const asked = { ...init, ...how } as RequestInit;
    const got = await fetch(`${base}${path}`, asked).catch(() => null);
    if (got === null) throw new Exit(EXIT.tryLater, cli.t('api.away', { base }));
    if (got.ok) return got;
    const text = await got.text().catch(() => '');
    throw refusal(cli, got.status, parsed(text));
  };

/** The same, with all that it answers. */
export const loading =
  (cli: Cli, base: string, call: Call): Load =>
  async (path, init) => {
    const got = await call(path, init);
    const body = await got.arrayBuffer().catch(() => null);
    if (body === null) throw new Exit(EXIT.tryLater, cli.t('api.away', { base }));
    return { got, bytes: Buffer.from(body) };
  };

export type Ask = <S extends z.ZodType>(
  path: string,
  init: Init,
  answer: S,
) => Promise<z.output<S>>;

/** The same, checked by the shape that it was written with. */
export const asking =
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

/** What comes, piece by piece. @throws Exit 75 when it breaks off. */
export async function* piecesOf(cli: Cli, base: string, got: Response): AsyncGenerator<Buffer> {
  if (got.body === null) return;
  const pieces = got.body[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await pieces.next().catch(() => null);
      if (next === null) throw new Exit(EXIT.tryLater, cli.t('api.away', { base }));
      if (next.done === true) return;
      yield Buffer.from(next.value as Uint8Array);
    }
  } finally {
    // Who has seen enough lets the connection go.
    await pieces.return?.().catch(() => undefined);
  }
}
