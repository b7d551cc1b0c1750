import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import files from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from './problem';

/** Where `bin/console.mjs` leaves the built console. */
const DIST = join(__dirname, '..', 'console', 'dist');
/** What the build writes wherever a nonce belongs (console/vite.config.mjs). */
const PLACEHOLDER = '__CSP_NONCE__';
const open = { config: { permission: 'public' }, schema: { hide: true } } as const;

/**
 * The console on the same origin: its files, and the page itself for every address that a person types or comes back to. To be registered
 * last, so that an address of the API stays one. `dist` is another folder only in tests.
 */
export async function registerConsole(
  app: FastifyInstance,
  { dist = DIST }: Readonly<{ dist?: string }> = {},
): Promise<void> {
  await app.register(files, {
    root: dist,
    serve: false,
    preCompressed: true,
    dotfiles: 'deny',
    index: false,
    // The folder may be built later than the server.
    suppressWarning: true,
  });
  app.get<{ Params: { '*': string } }>('/assets/*', open, (request, reply) =>
    // A name holds the hash of its content, so it never changes.
    kept(reply, 31_536_000, ', immutable').sendFile(
      `assets/${request.params['*']}`,
      NO_CACHE_HEADER,
    ),
  );
  app.get('/icon.svg', open, (_, reply) =>
    kept(reply, 86_400).sendFile('icon.svg', NO_CACHE_HEADER),
  );
  let page: string | null = null;
  app.get('/*', open, (request, reply) => {
    if (!wantsPage(request))
      throw new ProblemError('notFound', 'There is nothing at this address.');
    page ??= readPage(dist);
    return givePage(reply, page ?? NOT_BUILT);
  });
}

/** We set it ourselves; the library's would replace it. */
const NO_CACHE_HEADER = { cacheControl: false } as const;

const kept = (reply: FastifyReply, seconds: number, more = ''): FastifyReply =>
  reply.header('cache-control', `public, max-age=${seconds}${more}`);

/** A browser that goes somewhere asks for html; a program that mistypes an address of the API must be told so. */
const wantsPage = ({ url, headers: { accept = '' } }: FastifyRequest): boolean =>
  accept.includes('text/html') && !/^\/(api|assets)(\/|$|\?)/.test(url);

function readPage(dist: string): string | null {
  const file = join(dist, 'index.html');
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

function givePage(reply: FastifyReply, page: string): FastifyReply {
  const nonce = randomBytes(18).toString('base64');
  return reply
    .header('content-security-policy', policyFor(nonce))
    .type('text/html; charset=utf-8')
    .send(page.replaceAll(PLACEHOLDER, nonce));
}

/** Nothing runs and nothing styles that did not come with this answer. Source: docs/security.md, "Headers". */
const policyFor = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const NOT_BUILT = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>Tarim</title>
<h1>控制台尚未构建</h1><p>请运行 <code>npm run console</code>，然后刷新本页。API 照常工作。</p>
<h1 lang="en">The console has not been built</h1><p lang="en">Run <code>npm run console</code> and load this page again. The API works as always.</p></html>`;
