import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { writePrivate } from './home';
import { copyBinaries, findBinaries, type Binaries } from './postgres-binaries';
import type { Command } from './process';
import { canEnter, makeOutsideFolder, serviceUser, type User } from './unprivileged';

const SUPERUSER = 'tarim';
const READY_MS = 60_000;

/** A cluster that is ready to be started on a port; its data outlives the process. */
export type Cluster = Readonly<{
  data: string;
  password: string;
  command: (port: number) => Command;
}>;

/**
 * Makes the home's database cluster unless it is there.
 *
 * @param lasting - false for a throw-away home: no fsync, since nothing is worth saving from a power cut.
 */
export async function prepareCluster(
  home: string,
  say: (line: string) => void,
  lasting = true,
): Promise<Cluster> {
  const user = serviceUser();
  const folder = dataFolder(home, user, say);
  const binaries = reachable(findBinaries(), folder, user);
  const password = passwordOf(home);
  const data = join(folder, 'data');
  if (!existsSync(join(data, 'PG_VERSION')))
    await initialise({ binaries, folder, password, user, lasting });
  return {
    data,
    password,
    command: (port) => serve({ binaries, data, home, user, port, lasting }),
  };
}

export const urlOf = (cluster: Cluster, port: number, database: string): string =>
  `postgres://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/${database}`;

/** `<home>/postgres`, or a link of that name to a folder which the service user can reach. */
function dataFolder(home: string, user: User | null, say: (line: string) => void): string {
  const folder = join(home, 'postgres');
  if (user === null || canEnter(user, home)) {
    own(folder, user);
    return folder;
  }
  const outside = join(makeOutsideFolder(home), 'postgres');
  own(outside, user);
  if (!existsSync(folder)) {
    rmSync(folder, { force: true });
    symlinkSync(outside, folder);
  }
  say(`The user ${user.name} cannot reach ${home}, so the database is kept in ${outside}.`);
  return outside;
}

function own(folder: string, user: User | null): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user) chownSync(folder, user.uid, user.gid);
}

const reachable = (found: Binaries, folder: string, user: User | null): Binaries =>
  user === null || canEnter(user, found.bin) ? found : copyBinaries(found, folder);

function passwordOf(home: string): string {
  const file = join(home, 'postgres.password');
  if (!existsSync(file)) writePrivate(file, randomBytes(24).toString('base64url'));
  return readFileSync(file, 'utf8');
}

type Initial = {
  binaries: Binaries;
  folder: string;
  password: string;
  user: User | null;
  lasting: boolean;
};

/** In a draft folder first: an initdb that was killed leaves nothing that looks finished. */
async function initialise({ binaries, folder, password, user, lasting }: Initial): Promise<void> {
  const draft = join(folder, 'data.draft');
  const secret = join(folder, 'password.draft');
  rmSync(draft, { recursive: true, force: true });
  writeFileSync(secret, password, { mode: 0o600 });
  if (user) chownSync(secret, user.uid, user.gid);
  const args = [
    `--pgdata=${draft}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${secret}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    ...(lasting ? [] : ['--no-sync']),
  ];
  try {
    await promisify(execFile)(join(binaries.bin, 'initdb'), args, as(user, folder));
    renameSync(draft, join(folder, 'data'));
  } finally {
    rmSync(secret, { force: true });
  }
}

const as = (user: User | null, cwd: string) => ({
  cwd,
  ...(user ? { uid: user.uid, gid: user.gid } : {}),
});

type Serve = {
  binaries: Binaries;
  data: string;
  home: string;
  user: User | null;
  port: number;
  lasting: boolean;
};

function serve({ binaries, data, home, user, port, lasting }: Serve): Command {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '256MB',
    ...(lasting ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = join(home, 'logs', 'postgres.log');
  return {
    command: join(binaries.bin, 'postgres'),
    args: ['-D', data, ...flags],
    log,
    cwd: data,
    user,
  };
}

/**
 * Waits until it answers.
 *
 * @throws {Error} with its last refusal, when `alive` says that it has ended or a minute has passed.
 */
export async function untilAnswers(url: string, alive: () => boolean): Promise<void> {
  const until = Date.now() + READY_MS;
  for (;;) {
    const refusal = await refusalOf(url);
    if (refusal === null) return;
    if (!alive() || Date.now() > until) throw new Error(`Postgres does not answer: ${refusal}`);
    await sleep(50);
  }
}

/** Null when a connection and a query succeed; else why not. */
export async function refusalOf(url: string): Promise<string | null> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return null;
  } catch (error) {
    return error instanceof Error && error.message ? error.message : String(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Makes the database unless it is there. Safe to repeat. `url` is of any database of the same server. */
export async function makeDatabase(url: string, name: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
