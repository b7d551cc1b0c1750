import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { registerConsole } from '../../../api/console';
import { startApi, type TestApi } from '../../support/api';

const page = { accept: 'text/html,application/xhtml+xml' };
let folder: string;
let app: FastifyInstance;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tarim-console-'));
  const dist = join(folder, 'dist');
  mkdirSync(join(dist, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(dist, '.tarim-sources'), 'secret');
  writeFileSync(join(dist, 'icon.svg'), '<svg/>');
  writeFileSync(join(dist, 'index.html'), '<script nonce="__CSP_NONCE__"></script>');
  writeFileSync(join(dist, 'assets', 'a-1.js'), 'plain');
  writeFileSync(join(dist, 'assets', 'a-1.js.br'), 'brotli');
  app = Fastify();
  await registerConsole(app, { dist });
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

test('every answer has a nonce of its own, and allows nothing without it', async () => {
  const seen = new Set<string>();
  for (const url of ['/', '/customers/C%2F1?x=1', '/customers']) {
    const answer = await app.inject({ url, headers: page });
    const [, nonce = ''] = /<script nonce="([^"]+)"/.exec(answer.body) ?? [];
    const policy = String(answer.headers['content-security-policy']);
    expect(answer.statusCode).toBe(200);
    expect(policy).toContain(`script-src 'nonce-${nonce}'`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    seen.add(nonce);
  }
  expect(seen.size).toBe(3);
});

test('a file whose name holds its hash is kept for ever, and sent as small as the browser takes it', async () => {
  const small = await app.inject({
    url: '/assets/a-1.js',
    headers: { 'accept-encoding': 'br, gzip' },
  });
  expect(small.headers['content-encoding']).toBe('br');
  expect(small.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(small.headers['content-type']).toContain('javascript');
  expect(small.body).toBe('brotli');
  expect((await app.inject('/assets/a-1.js')).body).toBe('plain');
});

test('nothing outside the built files is given out', async () => {
  for (const url of [
    '/assets/../../secret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/assets/../.tarim-sources',
    '/.tarim-sources',
    '/assets/',
    '/assets/none.js',
  ]) {
    const answer = await app.inject({ url });
    expect([url, answer.statusCode >= 400]).toEqual([url, true]);
    expect(answer.body).not.toContain('secret"');
    expect(answer.body).not.toBe('secret');
  }
});

describe('on the API', () => {
  let api: TestApi;
  beforeAll(async () => (api = await startApi()));
  afterAll(() => api.close());

  test('an address of the API that is none is a problem, also to a browser', async () => {
    const answer = await api.app.inject({ url: '/api/v1/none', headers: page });
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ code: 'notFound' });
    expect((await api.app.inject({ url: '/none' })).statusCode).toBe(404);
    const order = await api.app.inject({ url: '/customers', method: 'POST', headers: page });
    expect(order.statusCode).toBe(404);
  });

  test('the page is not kept, and not framed', async () => {
    const { headers } = await api.app.inject({ url: '/customers', headers: page });
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });
});

test('a console that is not built says what to run', async () => {
  const bare = Fastify();
  await registerConsole(bare, { dist: join(folder, 'nowhere') });
  const answer = await bare.inject({ url: '/', headers: page });
  expect(answer.body).toContain('npm run console');
  await bare.close();
});
