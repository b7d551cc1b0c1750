import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { openApiText } from '../../../api/openapi';
import { requirePermissions } from '../../../api/guard';
import Fastify from 'fastify';
import { startApi, type TestApi } from '../../support/api';

let api: TestApi;
let app: FastifyInstance;
beforeAll(async () => {
  api = await startApi();
  app = api.app;
});
afterAll(() => api.close());

describe('the API', () => {
  test('is described by the file in the repository, to the letter: run npm run openapi', async () => {
    const file = readFileSync(join(__dirname, '../../../api/openapi.json'), 'utf8');
    expect(await openApiText()).toBe(file);
  });

  test('cannot be built with a route that names no permission', () => {
    const other = Fastify();
    requirePermissions(other);
    expect(() => other.get('/new', () => 'anybody')).toThrow('GET /new names no permission');
  });

  test('says that it is alive', async () => {
    const answer = await app.inject('/healthz');
    expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'alive' }]);
  });

  test('is not ready while nobody takes work, and says so', async () => {
    const answer = await app.inject('/readyz');
    expect(answer.statusCode).toBe(503);
    const checks = answer.json<{ checks: { name: string; ok: boolean }[] }>().checks;
    const fine = checks.filter(({ ok }) => ok).map(({ name }) => name);
    expect(fine).toEqual(['database', 'migrations', 'engine']);
  });

  test('answers an unknown address with a problem that carries the request id', async () => {
    const answer = await app.inject({
      url: '/api/v1/nothing',
      headers: { 'x-request-id': 'seen-by-me' },
    });
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.json()).toMatchObject({ status: 404, code: 'notFound', requestId: 'seen-by-me' });
  });

  test('gives figures to whoever watches it, by route and never by customer', async () => {
    const auditor = await api.as('auditor');
    await auditor.get('/customers/nobody-in-particular');
    const headers = { authorization: `Bearer ${auditor.token}` };
    const answer = await app.inject({ url: '/metrics', headers });
    expect(answer.headers['content-type']).toContain('text/plain');
    expect(answer.body).toContain('route="/api/v1/customers/:customerNo",status="404"');
    expect(answer.body).toContain('tarim_house{what="openCycles"} 0');
    expect(answer.body).not.toContain('nobody-in-particular');
  });

  test('answers what it cannot read as a problem, and refuses an address far too long by its schema as long as it can read it', async () => {
    const url = await api.listen();
    const { token } = await api.as('clerk');
    const headers = { authorization: `Bearer ${token}` };
    const ask = (ids: string) => fetch(`${url}/api/v1/letters?ids=${ids}`, { headers });
    const long = await ask('%F3%95%BF%A9'.repeat(3_800));
    expect([long.status, long.headers.get('content-type')]).toEqual([
      400,
      'application/problem+json',
    ]);
    const tooLong = await ask('x'.repeat(70_000));
    expect([tooLong.status, tooLong.headers.get('content-type')]).toEqual([
      431,
      'application/problem+json',
    ]);
    expect(await tooLong.json()).toMatchObject({ status: 431, code: 'tooLarge' });
    for (const address of ['unsubscribe/' + 'x'.repeat(201), 'unsubscribe/%E0%A4%A']) {
      const refused = await fetch(`${url}/api/v1/${address}`, { method: 'POST' });
      expect([refused.status, refused.headers.get('content-type')]).toEqual([
        400,
        'application/problem+json',
      ]);
      expect(await refused.json()).toMatchObject({
        status: 400,
        code: 'badRequest',
        requestId: expect.any(String) as string,
      });
    }
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.end('no request at all\r\n\r\n');
    const answer = Buffer.concat(await socket.toArray()).toString();
    expect(answer).toMatch(
      /^HTTP\/1.1 400 Bad Request\r\nContent-Type: application\/problem\+json/,
    );
  });

  test('says what can be done at an address where the method cannot', async () => {
    const answer = await app.inject({ method: 'DELETE', url: '/healthz' });
    expect([answer.statusCode, answer.headers['allow']]).toEqual([405, 'GET, HEAD']);
  });
});
