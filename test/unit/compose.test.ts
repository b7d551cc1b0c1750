import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { names } from '../../config/variables';
import { dynamicConfig } from '../../engine/temporal-config';

type Service = Readonly<{
  image: string;
  restart: string;
  profiles?: string[];
  command?: string[];
  environment?: Record<string, string>;
  secrets?: string[];
  volumes?: string[];
  ports?: string[];
  cap_drop: string[];
  security_opt: string[];
  stop_grace_period?: string;
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
}>;
type Compose = Readonly<{
  services: Record<string, Service>;
  secrets: Record<string, { file: string }>;
  volumes: Record<string, unknown>;
}>;

const root = join(__dirname, '..', '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
// No container engine runs where these tests do, so only the shape can be looked at.
const { services, secrets, volumes } = parse(read('docker-compose.yml'), {
  merge: true,
}) as Compose;
const dockerfile = read('Dockerfile');
const every = Object.entries(services);

const service = (name: string): Service => {
  const found = services[name];
  if (found === undefined) throw new Error(`no service ${name}`);
  return found;
};

const tested = /SERVER_VERSION = '([\d.]+)'/.exec(read('engine/temporal-binary.ts'))?.[1] ?? '';

test('Postgres, Temporal, its UI, a mailbox and Tarim run; Prometheus and Grafana only when asked for', () => {
  const byDefault = every.filter(([, { profiles }]) => profiles === undefined);
  expect(byDefault.map(([name]) => name)).toEqual([
    'postgres',
    'temporal-schema',
    'temporal',
    'temporal-namespace',
    'temporal-ui',
    'mailpit',
    'migrate',
    'worker',
    'api',
  ]);
  expect(service('prometheus').profiles).toEqual(['observability']);
  expect(service('grafana').profiles).toEqual(['observability']);
});

test('every image but our own has a version, and Temporal the one that is tested', () => {
  for (const [, { image }] of every) expect(image).toMatch(/:v?\d/);
  expect(service('postgres').image).toBe('postgres:18');
  expect(service('temporal').image).toBe(`temporalio/server:${tested}`);
  for (const name of ['temporal-schema', 'temporal-namespace'])
    expect(service(name).image).toBe(`temporalio/admin-tools:${tested}`);
});

test('the volume of Postgres is where version 18 keeps its data', () => {
  expect(service('postgres').volumes).toContain('postgres:/var/lib/postgresql');
});

test('the server has its dynamic config and its shards', () => {
  const { environment = {}, volumes: mounts = [] } = service('temporal');
  expect(environment['NUM_HISTORY_SHARDS']).toBe('512');
  const [host = '', container = ''] = (mounts[0] ?? '').split(':');
  const file = environment['DYNAMIC_CONFIG_FILE_PATH']?.replace(`${container}/`, '') ?? '';
  expect(existsSync(join(root, host, file))).toBe(true);
});

test('its limits are those of a local engine, and time is never skipped', () => {
  const local = parse(dynamicConfig()) as Record<string, unknown>;
  const unskipped = Object.entries(local).filter(([key]) => !/TimeSkipping/i.test(key));
  expect(parse(read('docker/temporal/dynamic.yaml'))).toEqual(Object.fromEntries(unskipped));
});

test('a worker starts after the migrations and the namespace, which start after what they need', () => {
  const conditions = (name: string) => service(name).depends_on;
  expect(conditions('worker')).toEqual({
    migrate: { condition: 'service_completed_successfully' },
    'temporal-namespace': { condition: 'service_completed_successfully' },
  });
  expect(conditions('migrate')).toEqual({ postgres: { condition: 'service_healthy' } });
  expect(conditions('temporal-namespace')).toEqual({ temporal: { condition: 'service_healthy' } });
  expect(conditions('temporal')).toEqual({
    'temporal-schema': { condition: 'service_completed_successfully' },
  });
  for (const name of ['postgres', 'temporal', 'worker'])
    expect(service(name).healthcheck?.test.length).toBeGreaterThan(1);
});

test('what runs once is not started again when it is done', () => {
  for (const name of ['temporal-schema', 'temporal-namespace', 'migrate'])
    expect(service(name).restart).toMatch(/^on-failure:\d+$/);
});

test('nothing is sent unless delivery is set to live', () => {
  expect(service('worker').environment?.['DELIVERY']).toBe('${DELIVERY:-capture}');
});

test('Tarim is given only variables that it reads', () => {
  const readable = new Set(['TZ', ...names.flatMap((name) => [name, `${name}_FILE`])]);
  const given = Object.keys(service('worker').environment ?? {});
  expect(given.filter((name) => !readable.has(name))).toEqual([]);
});

test('every service gives up its capabilities, and is reached from this machine only', () => {
  for (const [, { cap_drop: dropped, security_opt: options, ports = [] }] of every) {
    expect(dropped).toEqual(['ALL']);
    expect(options).toContain('no-new-privileges:true');
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  }
});

test('passwords come from files that are never committed', () => {
  const text = read('docker-compose.yml');
  expect(text).not.toMatch(/PASSWORD: /);
  const used = new Set(every.flatMap(([, { secrets: wanted = [] }]) => wanted));
  expect([...used].sort()).toEqual(Object.keys(secrets).sort());
  for (const { file } of Object.values(secrets)) expect(file).toMatch(/^\.\/docker\/secrets\//);
  expect(read('docker/secrets/.gitignore')).toMatch(/^\*$/m);
  expect(read('.dockerignore')).not.toMatch(/^!docker/m);
});

test('every mounted folder and script is in the repository, every named volume declared', () => {
  for (const [, { volumes: mounts = [] }] of every) {
    for (const [host = ''] of mounts.map((mount) => mount.split(':'))) {
      if (host.startsWith('.')) expect(existsSync(join(root, host))).toBe(true);
      else expect(Object.keys(volumes)).toContain(host);
    }
  }
  for (const script of ['postgres/roles.sh', 'temporal/schema.sh', 'temporal/namespace.sh'])
    expect(statSync(join(root, 'docker', script)).mode & 0o111).not.toBe(0);
});

test('the worker has longer to stop than it gives to its activities', () => {
  expect(service('worker').stop_grace_period).toBe('40s');
});

test('the image has every folder that runs, installs no scripts and is not root', () => {
  const copied = [...dockerfile.matchAll(/^COPY (?:--from=build \/app\/)?(\w+) \.\/\1$/gm)].map(
    ([, folder]) => folder,
  );
  expect(foldersBehind('cli').filter((folder) => !copied.includes(folder))).toEqual([]);
  expect(copied).toContain('bin');
  expect(dockerfile).toContain('npm ci --omit=dev --ignore-scripts');
  expect(dockerfile).toMatch(/^FROM node:2[02]-\w+-slim$/m);
  expect(dockerfile).toMatch(
    /\nUSER node\nENTRYPOINT \["node", "bin\/tarim.mjs"\]\nCMD \["worker"\]\n$/,
  );
  const ignored = read('.dockerignore');
  for (const folder of new Set(copied)) expect(ignored).toContain(`!${folder ?? ''}\n`);
});

/** The folders that a folder's files import from, and theirs in turn. */
function foldersBehind(folder: string, seen: string[] = []): string[] {
  if (seen.includes(folder) || !existsSync(join(root, folder, '/'))) return seen;
  seen.push(folder);
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => /^(?!generated).*\.ts$/.test(name))) {
    const up = '../'.repeat(file.split('/').length);
    for (const [, next = ''] of read(join(folder, file)).matchAll(/from '((?:\.\.\/)+[\w-]+)/g))
      if (next.startsWith(up)) foldersBehind(next.slice(up.length), seen);
  }
  return seen;
}

test('Prometheus asks every process of ours that has figures, by an address inside', () => {
  const { scrape_configs: jobs } = parse(read('docker/prometheus/prometheus.yml')) as {
    scrape_configs: {
      authorization?: { credentials_file: string };
      static_configs: { targets: string[] }[];
    }[];
  };
  const targets = jobs.flatMap(({ static_configs: all }) => all.flatMap((one) => one.targets));
  expect(targets).toEqual(['temporal:8000', 'worker:9464', 'api:7070', 'localhost:9090']);
  expect(service('worker').environment?.['WORKER_METRICS']).toBe('0.0.0.0:9464');
  const files = jobs.flatMap(({ authorization: by }) => (by ? [by.credentials_file] : []));
  const given = (service('prometheus').secrets ?? []).map((name) => `/run/secrets/${name}`);
  expect(files).toEqual(given);
});

test('the dashboards ask for the data source that is there', () => {
  const sources = parse(read('docker/grafana/provisioning/datasources/prometheus.yaml')) as {
    datasources: { uid: string }[];
  };
  const { panels } = JSON.parse(read('docker/grafana/dashboards/temporal.json')) as {
    panels: { datasource: { uid: string } }[];
  };
  expect(new Set(panels.map(({ datasource }) => datasource.uid))).toEqual(
    new Set(sources.datasources.map(({ uid }) => uid)),
  );
});
