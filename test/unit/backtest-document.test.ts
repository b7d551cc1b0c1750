import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import figures from '../../docs/backtest.json';
import type { Backtest } from '../../simulation/backtest';
import { backtestMarkdown } from '../../simulation/backtest-markdown';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'backtest.md'), 'utf8');
const found = figures as unknown as Backtest;
/** Without what the formatter adds to a table. */
const bare = (text: string): string => text.replaceAll(/-{3,}:?/g, '---').replaceAll(/\s+/g, ' ');

it('the tables of the page are those of its figures', () => {
  const [, tables = ''] = page.split('<!-- figures: written from backtest.json -->');
  expect(bare(tables).trim()).toBe(bare(backtestMarkdown(found)).trim());
});

const [v1, v2] = found.policies;
it.each([
  ['an AUC of {} (0.5 is chance)', v1?.test.missed.auc?.value.toFixed(3)],
  ['its points have an AUC of {} over the', v2?.test.missed.auc?.value.toFixed(3)],
  ['holds {} % of those who then', (100 * (v2?.levels[0]?.caught ?? 0)).toFixed(0)],
  ['a lift of {}.', v1?.levels[0]?.lift.toFixed(2)],
  ['({} against 0.812)', v2?.test.billLate.auc?.value.toFixed(3)],
  ['against {})', v1?.test.billLate.auc?.value.toFixed(3)],
  ['version 2 has {}.', v2?.test.missedByAll.auc?.value.toFixed(3)],
  ['the _test_ ({} judged)', v2?.test.missed.customers.toLocaleString('en-US')],
])('the page says "%s" as it was measured', (sentence, figure) => {
  expect(page.replaceAll(/\s+/g, ' ')).toContain(sentence.replace('{}', String(figure)));
});
