import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, loadConfig } from '../../config';
import { envExample } from '../../config/env-example';
import { liveNames, names } from '../../config/variables';

function refusal(env: Record<string, string>): ConfigError {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
  }
  throw new Error('it was taken');
}

const live = {
  DELIVERY: 'live',
  SMTP_URL: 'smtp://localhost:25',
  MAIL_FROM: '塔北供电所 <fees@example.org>',
  MAIL_ID_DOMAIN: 'example.org',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'secret',
  TWILIO_FROM: '+8613800000000',
};

test('an empty environment captures messages and sends none', () => {
  const config = loadConfig({ HOME: '/home/wang' });
  expect(config).toMatchObject({ DELIVERY: 'capture', TEMPORAL_NAMESPACE: 'tarim' });
  expect(config.DATABASE_URL).toBeUndefined();
  expect(config.TARIM_HOME).toBe('/home/wang/.tarim');
  expect(config.TARIM_CACHE).toBe('/home/wang/.cache/tarim');
  expect(Object.isFrozen(config)).toBe(true);
});

test('an empty variable counts as absent', () => {
  expect(loadConfig({ DELIVERY: '', SMS_PER_SECOND: '', TEMPORAL_ADDRESS: '' })).toMatchObject({
    DELIVERY: 'capture',
    SMS_PER_SECOND: 20,
  });
});

test('the cache follows the user’s own setting', () => {
  expect(loadConfig({ XDG_CACHE_HOME: '/c' }).TARIM_CACHE).toBe('/c/tarim');
  expect(loadConfig({ XDG_CACHE_HOME: '/c', TARIM_CACHE: '/d' }).TARIM_CACHE).toBe('/d');
});

test('every bad variable is named at once', () => {
  const bad = {
    DATABASE_URL: 'mysql://x',
    TEMPORAL_ADDRESS: 'nowhere',
    SMS_PER_SECOND: 'many',
    PROVIDER_TIMEOUT_MS: '1.5',
    LOG_LEVEL: 'loud',
    DELIVERY: 'maybe',
  };
  const { lines, message } = refusal(bad);
  for (const name of Object.keys(bad)) {
    expect(lines.filter((line) => line.startsWith(`${name}: `)).length).toBeGreaterThan(0);
    expect(message).toContain(name);
  }
});

test('live delivery names each provider variable that is missing, and other mistakes beside them', () => {
  const { lines } = refusal({ DELIVERY: 'live', LOG_LEVEL: 'loud' });
  expect(lines.filter((line) => line.endsWith('is needed when DELIVERY=live')).length).toBe(
    liveNames.length,
  );
  expect(lines.some((line) => line.startsWith('LOG_LEVEL'))).toBe(true);
  expect(loadConfig(live).DELIVERY).toBe('live');
});

test('a refusal never repeats a value, which may be a secret', () => {
  const { message } = refusal({ SMTP_URL: 'http://me:hunter2@mail', DATABASE_URL: 'hunter2' });
  expect(message).not.toContain('hunter2');
});

describe('secrets from files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tarim-config-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('the file’s content counts, without its last line break', () => {
    const file = join(folder, 'token');
    writeFileSync(file, 'from-file\n');
    const config = loadConfig({
      ...live,
      TWILIO_AUTH_TOKEN: '',
      TWILIO_AUTH_TOKEN_FILE: file,
    });
    expect(config.TWILIO_AUTH_TOKEN).toBe('from-file');
  });

  test('a file that cannot be read, or a secret given twice, is refused', () => {
    const { lines } = refusal({
      SMTP_URL_FILE: join(folder, 'missing'),
      DATABASE_URL: 'postgres://localhost/tarim',
      DATABASE_URL_FILE: '/dev/null',
    });
    expect(lines).toEqual([
      'DATABASE_URL: is given twice, as DATABASE_URL and as DATABASE_URL_FILE',
      'SMTP_URL_FILE: cannot be read (ENOENT)',
    ]);
  });
});

test('.env.example is what `npm run env-example` writes', () => {
  const file = join(__dirname, '..', '..', '.env.example');
  expect(readFileSync(file, 'utf8')).toBe(envExample());
});

test('every example in .env.example is taken', () => {
  const lines = envExample().matchAll(/^# ([A-Z_]+)=(.+)$/gm);
  const pairs = [...lines].map(([, name, value]) => [name ?? '', value ?? ''] as const);
  const env: Record<string, string> = Object.fromEntries(pairs);
  expect(Object.keys(env).sort()).toEqual([...names].sort());
  expect(() => loadConfig(env)).not.toThrow();
});
