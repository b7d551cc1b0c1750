/** The browser that the tests of the console drive, with a font that has Chinese in it. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { say } from './bootstrap.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PACKAGES = ['chromium', 'fonts-noto-cjk'];

/** The path of Chromium; installs Debian's when it is missing and that is allowed. @throws when there is none, saying what to install. */
export function ensureBrowser() {
  const found = find();
  if (found !== null && hasChinese()) return found;
  if (!installs())
    throw new Error(
      'The tests in test/browser need Chromium and a Chinese font. Debian: apt-get install chromium fonts-noto-cjk',
    );
  const installed = find();
  if (installed === null) throw new Error('Chromium was installed and is not on PATH.');
  return installed;
}

function find() {
  const given = process.env.TARIM_TEST_CHROMIUM;
  if (given) return given;
  const folders = (process.env.PATH ?? '').split(delimiter);
  for (const name of NAMES)
    for (const folder of folders) if (existsSync(join(folder, name))) return join(folder, name);
  return null;
}

/** Where nobody can tell, the fonts are the machine's own affair. */
function hasChinese() {
  const list = spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' });
  return list.error !== undefined || list.stdout.trim() !== '';
}

function installs() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  say('Installing Chromium and a Chinese font (apt-get; a minute, once) …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, stdio: ['ignore', 'ignore', 2] };
  const apt = (...args) => spawnSync('apt-get', ['-qq', ...args], options).status === 0;
  const install = () => apt('install', '-y', '--no-install-recommends', ...PACKAGES);
  return install() || (apt('update') && install());
}
