import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandPage } from '../../cli/docs';

test('the page of commands is that of the commands: run npm run cli-docs', () => {
  expect(readFileSync(join(__dirname, '../../docs/cli.md'), 'utf8')).toBe(commandPage());
});
