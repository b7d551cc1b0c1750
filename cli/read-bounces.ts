import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { recordBounce } from '../db/bounces';
import { openDb, type Db } from '../db/client';
import { stationNow } from '../db/clock';
import { readBounce } from '../providers/bounce';
import type { Cli } from './cli';
import { databaseUrlOf } from './database';
import { EXIT } from './exit';
import { plainly } from './plainly';

const BYTES_MAX = 10 * 1024 * 1024;

/** Reads what mail servers wrote back, on the machine that has the mailbox. The mails stay; reading them again is harmless. */
export async function readBounces(cli: Cli, path: string): Promise<void> {
  const db = openDb(databaseUrlOf(await cli.config()), 1);
  try {
    await plainly(cli, () => readAll(cli, db, path));
  } finally {
    await db.$disconnect();
  }
}

async function readAll({ t, screen, endWith }: Cli, db: Db, path: string): Promise<void> {
  const count = { recorded: 0, repeated: 0, skipped: 0 };
  for (const file of mailsOf(path)) {
    const became = await readOne(db, file);
    if (became === 'recorded' || became === 'repeated') {
      count[became] += 1;
      continue;
    }
    count.skipped += 1;
    screen.line(t('bounces.skipped', { file: basename(file), what: t(`bounces.${became}`) }));
  }
  screen.line(t('bounces.told', count));
  if (count.skipped > 0) endWith(EXIT.partly);
}

async function readOne(db: Db, file: string) {
  if (statSync(file).size > BYTES_MAX) return 'tooLarge';
  const bounce = await readBounce(readFileSync(file));
  return bounce.kind === 'skipped' ? bounce.why : recordBounce(db, bounce, await stationNow(db));
}

/** A mail by itself, or those of a folder; of a Maildir, both the seen and the unseen. */
function mailsOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return [path, join(path, 'new'), join(path, 'cur')].flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder, { withFileTypes: true })
          .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
          .map(({ name }) => join(folder, name))
          .sort()
      : [],
  );
}
