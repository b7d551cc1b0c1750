import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressesOf, NothingRuns } from '../../engine/connect';
import { HomeIsTaken, makeHome, noRun, readRun, takeHome, writeRun } from '../../engine/home';
import { choosePorts, isFree } from '../../engine/ports';
import { endProcess, identityOf, isAlive } from '../../engine/process';
import { purge } from '../../engine/purge';
import { dynamicConfig, serverConfig, storeOf, TEMPORAL_PORTS } from '../../engine/temporal-config';
import { isAtLeast, parseVersion } from '../../engine/version';

type Constrained = { value: unknown; constraints?: { namespace?: string } };

describe('the dynamic configuration', () => {
  const settings = JSON.parse(dynamicConfig()) as Record<string, Constrained[]>;

  test('lets time be skipped in the namespaces of trial and nowhere else', () => {
    const keys = Object.keys(settings).filter((key) => /timeskipping/i.test(key));
    expect(keys.sort()).toEqual([
      'frontend.WorkflowTimeSkippingEnabled',
      'frontend.WorkflowTimeSkippingMaxSkipPerSession',
      'system.workflowTimeSkippingEnabled',
    ]);
    for (const key of keys) {
      const namespaces = settings[key]?.map((each) => each.constraints?.namespace);
      expect(namespaces).toEqual(['tarim-test', 'tarim-rehearsal']);
    }
  });
});

describe('the server’s configuration', () => {
  const ports = Object.fromEntries(TEMPORAL_PORTS.map((name, at) => [name, 25_000 + at])) as never;
  const url = 'postgres://us%40er:p%2Fw@db.internal:6543/book?sslmode=verify-full';

  test('stays on this machine, with 64 shards', () => {
    const text = serverConfig(storeOf('postgres://u:p@127.0.0.1:1/tarim', true), ports, '/d.yaml');
    expect(text).toContain('"numHistoryShards": 64');
    expect(text).toContain('"broadcastAddress": "127.0.0.1"');
    expect(text.match(/"bindOnLocalHost": true/g)?.length).toBe(4);
  });

  test('uses plain names on our own Postgres, and names of the product’s on another’s', () => {
    const own = storeOf('postgres://u:p@127.0.0.1:5/tarim', true);
    expect(own).toMatchObject({ database: 'temporal', visibility: 'temporal_visibility' });
    expect(storeOf(url, false)).toEqual({
      host: 'db.internal',
      port: 6543,
      user: 'us@er',
      password: 'p/w',
      database: 'book_temporal',
      visibility: 'book_temporal_visibility',
      tls: { verify: true, caFile: null },
    });
  });
});

describe('versions', () => {
  test.each([
    ['temporal version 1.8.0 (Server 1.32.0, UI 2.50.0)', [1, 8, 0]],
    ['go version go1.26.8 linux/amd64', [1, 26, 8]],
    ['v20.20.2', [20, 20, 2]],
    ['1.32', [1, 32, 0]],
    ['unknown', null],
  ])('%s', (text, version) => expect(parseVersion(text)).toEqual(version));

  test.each([
    [[1, 8, 0], true],
    [[1, 7, 9], false],
    [[1, 8, 1], true],
    [[1, 10, 0], true],
    [[2, 0, 0], true],
    [[0, 9, 9], false],
  ] as const)('%j against 1.8.0: %s', (version, enough) =>
    expect(isAtLeast(version, [1, 8, 0])).toBe(enough),
  );

  test('an unknown version is never enough', () => expect(isAtLeast(null, [0, 0, 1])).toBe(false));
});

describe('ports', () => {
  test('are distinct, free, and kept while they stay free', async () => {
    const first = await choosePorts(['a', 'b', 'c']);
    expect(new Set(Object.values(first)).size).toBe(3);
    expect(await choosePorts(['a', 'b', 'c'], first)).toEqual(first);
  });

  test('a port that somebody took meanwhile is given up', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await isFree(port)).toBe(false);
    expect((await choosePorts(['a'], { a: port })).a).not.toBe(port);
    server.close();
  });
});

describe('a home', () => {
  let home: string;
  beforeEach(() => {
    home = join(mkdtempSync(join(tmpdir(), 'tarim-home-')), 'home');
    makeHome(home);
  });
  afterEach(() => rmSync(join(home, '..'), { recursive: true, force: true }));

  test('has one owner at a time', () => {
    const release = takeHome(home);
    expect(() => takeHome(home)).toThrow(HomeIsTaken);
    release();
    takeHome(home)();
  });

  test('is taken over from a dead owner, even when his pid is another’s now', () => {
    writeFileSync(join(home, 'lock'), JSON.stringify({ pid: process.pid, startedAt: 'long ago' }));
    takeHome(home)();
  });

  test('says so when nothing runs, and when it is still starting', () => {
    const config = { TARIM_HOME: home, TEMPORAL_NAMESPACE: 'tarim' };
    expect(() => addressesOf(config)).toThrow(
      new NothingRuns(`Nothing is running in ${home}. Start it: npx tarim up --detach`),
    );
    const me = identityOf(process.pid);
    writeRun(home, { ...noRun, services: me ? { postgres: me } : {} });
    expect(() => addressesOf(config)).toThrow('still starting');
  });

  test('gives way to addresses from the environment', () => {
    const config = {
      TARIM_HOME: home,
      TEMPORAL_NAMESPACE: 'mine',
      DATABASE_URL: 'postgres://x/y',
      TEMPORAL_ADDRESS: 'x:1',
    };
    expect(addressesOf(config)).toEqual({
      databaseUrl: 'postgres://x/y',
      temporalAddress: 'x:1',
      namespace: 'mine',
    });
  });

  test('with a spoilt record counts as empty', () => {
    writeFileSync(join(home, 'run.json'), '{"version": 1');
    expect(readRun(home)).toBeNull();
  });

  test('is purged of what is ours and of nothing else', () => {
    writeRun(home, noRun);
    writeFileSync(join(home, 'accounts.xlsx'), 'theirs');
    purge(home);
    expect(readRun(home)).toBeNull();
    rmSync(join(home, 'accounts.xlsx'));
    expect(purge(home)).toContain(home);
  });
});

describe('a process', () => {
  test('is told from another that has its pid now', () => {
    const me = identityOf(process.pid);
    expect(me && isAlive(me)).toBe(true);
    expect(isAlive({ pid: process.pid, startedAt: 'before' })).toBe(false);
  });

  test('that is gone needs no end', async () => {
    expect(await endProcess({ pid: process.pid, startedAt: 'before' })).toBe('gone');
  });
});
