import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startApi, type TestApi } from '../support/api';

const PROGRAM = resolve(__dirname, '../../bin/tarim.mjs');
const bin = mkdtempSync(join(tmpdir(), 'tarim-bin-'));
let api: TestApi;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  symlinkSync(PROGRAM, join(bin, 'tarim'));
  api = await startApi();
  const { token } = await api.as('clerk');
  env = {
    ...{ ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}`, LC_ALL: 'en_US.UTF-8' },
    ...{ TARIM_API_URL: await api.listen(), TARIM_TOKEN: token },
  };
});
afterAll(async () => {
  await api.close();
  rmSync(bin, { recursive: true });
});

const script = (shell: string): string =>
  execFileSync(join(bin, 'tarim'), ['complete', shell], { env, encoding: 'utf8' });

/** What a bash offers at TAB after the line. The first function is the one that the package bash-completion brings. */
function offered(line: string, more: NodeJS.ProcessEnv = {}): Promise<string[]> {
  const shell = `
    _get_comp_words_by_ref() { cur=\${COMP_WORDS[COMP_CWORD]}; prev=\${COMP_WORDS[COMP_CWORD-1]}; words=("\${COMP_WORDS[@]}"); cword=$COMP_CWORD; }
    source "$SCRIPT"
    IFS=' ' read -ra COMP_WORDS <<< "$LINE"; [[ "$LINE" == *' ' ]] && COMP_WORDS+=('')
    COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
    __tarim_complete 2>/dev/null
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  return new Promise((done, fail) => {
    execFile(
      'bash',
      ['-c', shell],
      { env: { ...env, ...more, LINE: line, SCRIPT: join(bin, 'completion') } },
      (error, out) => {
        if (error === null) done(out.split('\n').filter(Boolean));
        else fail(new Error(error.message));
      },
    );
  });
}
beforeAll(() => writeFileSync(join(bin, 'completion'), script('bash')));

test.each([
  ['tarim cust', ['customer']],
  ['tarim customer ho', ['hold']],
  ['tarim hold ', ['bill', 'station', 'all', 'list', 'help']],
  ['tarim customer hold wang --re', ['--reason']],
  ['tarim approval decide a1 ', ['approve', 'reject', 'withdraw']],
  ['tarim customer dispute b1 --resolve ', ['upheld', 'rejected']],
  ['tarim complete ', ['bash', 'zsh', 'fish', 'powershell']],
  ['tarim policy show tabei-v', ['tabei-v1']],
  [
    `tarim import bills ${join(__dirname, '../../samples')}/b`,
    [join(__dirname, '../../samples/bills.csv')],
  ],
])('bash offers after "%s" what may follow', async (line, words) => {
  expect(await offered(line)).toEqual(words);
});

test('without an API a shell is offered what needs none, and hears of no mistake', async () => {
  const nobody = { TARIM_API_URL: 'http://127.0.0.1:1' };
  expect(await offered('tarim policy show ', nobody)).toEqual([]);
  expect(await offered('tarim policy d', nobody)).toEqual(['diff', 'draft']);
});

test.each(['zsh', 'fish', 'powershell'])('%s has a script that asks the same program', (shell) => {
  expect(script(shell)).toMatch(/tarim complete '?--/);
});
