import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tarimWith } from '../support/cli';

const run = tarimWith({ TARIM_TOKEN: 'tarim_0_0' });

describe('an API that is not as it should be', () => {
  let server: Server;
  let answer: { status: number; body: string; keys: (string | undefined)[] };
  const elsewhere = () => ({
    TARIM_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
  beforeAll(async () => {
    server = createServer((request, response) => {
      answer.keys.push(request.headers['idempotency-key'] as string | undefined);
      response.writeHead(answer.status, { location: 'http://127.0.0.1:1/' });
      response.end(answer.body);
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  });
  beforeEach(() => {
    answer = { status: 200, body: '{}', keys: [] };
  });
  afterAll(() => server.close());

  test.each([
    [503, '<html>', 75, 'The API answered 503 and did not say why.'],
    [429, '', 75, 'The API answered 429'],
    [500, '', 1, 'The API answered 500'],
    [200, '{}', 1, 'the versions differ.'],
    [302, '', 75, 'does not answer.'],
  ])('answering %i %s ends with %i', async (status, body, code, sentence) => {
    Object.assign(answer, { status, body });
    const ended = await run('customer list', elsewhere());
    expect([ended.code, ended.out, ended.err]).toEqual([
      code,
      '',
      expect.stringContaining(sentence),
    ]);
  });

  test('an order without a clear answer tells how to repeat it', async () => {
    Object.assign(answer, { status: 503 });
    const { code, err } = await run('customer hold wang --reason x', elsewhere());
    expect([code, err]).toEqual([75, expect.stringContaining(`--id ${answer.keys[0] ?? '?'}`)]);
    expect(answer.keys).toEqual([expect.stringMatching(/^cli-[0-9a-f-]{36}$/)]);
  });

  test('not there at all ends with 75', async () => {
    const nobody = 'http://127.0.0.1:1';
    const [named, option, home] = await Promise.all([
      run('customer list', { TARIM_API_URL: nobody }),
      run(`customer list --api ${nobody}`),
      run('customer list', { TARIM_API_URL: '' }),
    ]);
    const away = `The API at ${nobody}/api/v1 does not answer. Is it running?\n`;
    expect([named, option]).toEqual(Array(2).fill({ code: 75, out: '', err: away }));
    expect([home.code, home.err]).toEqual([75, expect.stringContaining('npx tarim up --detach')]);
  });
});
