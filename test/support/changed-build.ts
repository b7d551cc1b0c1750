import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const LEFT_OUT = new Set(['.git', 'node_modules', 'test', 'docs', 'bench']);

/** Another build of the product: `program` starts it, `remove` deletes it. */
export type Build = Readonly<{ program: string; workflows: string; remove: () => void }>;

/**
 * The product's source with one file of `workflows/` changed, in a folder of its own, with the same packages.
 *
 * @throws {Error} when the file does not hold `from` exactly once: the change must be the one that was meant.
 */
export function changedBuild(
  file: string,
  changes: readonly (readonly [from: string, to: string])[],
): Build {
  const folder = mkdtempSync(join(tmpdir(), 'tarim-build-'));
  for (const name of readdirSync(ROOT).filter((one) => !LEFT_OUT.has(one)))
    cpSync(join(ROOT, name), join(folder, name), {
      recursive: true,
      filter: (path) => !path.includes('/node_modules'),
    });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const path = join(folder, 'workflows', file);
  let text = readFileSync(path, 'utf8');
  for (const [from, to] of changes) {
    if (text.split(from).length !== 2) throw new Error(`${file} does not hold ${from} once`);
    text = text.replace(from, () => to);
  }
  writeFileSync(path, text);
  return {
    program: join(folder, 'bin', 'tarim.mjs'),
    workflows: join(folder, 'workflows', 'index.ts'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
