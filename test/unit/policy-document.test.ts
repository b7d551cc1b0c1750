import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import gradePolicy from '../../db/policies/tabei-grade-v1.json';
import gradeV2 from '../../db/policies/tabei-grade-v2.json';
import ladderPolicy from '../../db/policies/tabei-v1.json';
import { settle } from '../../domain/allocation';
import { parseYuan, toFen, yuanForPeople, type Fen } from '../../domain/fen';
import { penalty, statutoryPenalty } from '../../domain/penalty';
import { recovery } from '../../domain/recovery';
import { instantAt, periodOf, toDate } from '../../domain/time';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'policy.md'), 'utf8');
const [beforeGrading = '', grading = ''] = page.split('\n## Grading\n');
const [ofGradings = '', afterGrading = ''] = grading.split('\n## Recovery rate\n');
const [ofGrading = '', ofGradingV2 = ''] = ofGradings.split('\n## Grading, version 2\n');
const ofLadder = `${beforeGrading}\n${afterGrading}`;

type Row = Readonly<Record<string, string>>;

/** The rows of every table that has these columns. */
function rows(text: string, ...columns: string[]): Row[] {
  const found: Row[] = [];
  let head: string[] | null = null;
  for (const line of text.split('\n')) {
    if (!line.startsWith('|')) head = null;
    else if (head === null) head = cells(line);
    else if (!line.startsWith('| -') && columns.every((name) => head?.includes(name)))
      found.push(Object.fromEntries(head.map((name, at) => [name, cells(line)[at] ?? ''])));
  }
  return found;
}

const cells = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('`', ''));

const names = (cell: string): string[] => (cell === '–' ? [] : cell.split(', '));

/** `D−3`, `D+15` or `issue day`. */
function day(cell: string): { anchor: string; day: number } {
  const found = /^D([−+])(\d+)$/.exec(cell);
  if (cell === 'issue day') return { anchor: 'issue', day: 0 };
  if (found === null) throw new Error(`not a day of the ladder: ${cell}`);
  return { anchor: 'due', day: (found[1] === '+' ? 1 : -1) * Number(found[2]) };
}

const KINDS: Readonly<Record<string, string>> = {
  'bill notice': 'billNotice',
  'pre-due reminder': 'preDueReminder',
  'overdue reminder': 'overdueReminder',
  'call task': 'callTask',
  'formal demand': 'demand',
  'level rise': 'levelRise',
  review: 'review',
};

function ladderOf(label: string): unknown[] {
  const contents = rows(ofLadder, 'key', 'channels', 'tasks', 'mandatory', 'statutory');
  return rows(ofLadder, 'key', 'step', label)
    .filter((row) => row[label] !== '–')
    .map((row) => {
      const made = contents.find(({ key }) => key === row['key']);
      if (made === undefined) throw new Error(`what is ${row['key'] ?? ''}?`);
      return {
        key: row['key'],
        kind: KINDS[row['step'] ?? ''],
        ...day(row[label] ?? ''),
        channels: names(made['channels'] ?? ''),
        tasks: tasksAt(label, made['tasks'] ?? ''),
        mandatory: made['mandatory'] === 'yes',
        statutory: made['statutory'] === 'yes',
      };
    });
}

/** `visit (Ⅰ)` is a task at that level only. */
const tasksAt = (label: string, cell: string): string[] =>
  names(cell).flatMap((task) => {
    const [name = '', only] = task.split(' ');
    return only === undefined || only === `(${label})` ? [name] : [];
  });

test.each([
  ['Ⅲ', ladderPolicy.body.ladders['3']],
  ['Ⅱ', ladderPolicy.body.ladders['2']],
  ['Ⅰ', ladderPolicy.body.ladders['1']],
])('the ladder of level %s is the one of the policy', (label, ladder) => {
  expect(ladderOf(label)).toEqual(ladder);
});

/** What a cell says, in the units of the policy: minutes, fen, millionths, or the number as it stands. */
function said(cell: string): unknown {
  const [, hour, minute] = /^(\d\d):(\d\d)$/.exec(cell) ?? [];
  const leading = /^(\d+)( (?:‰ a day|%|points|days?|months))?$/.exec(cell);
  if (hour !== undefined) return Number(hour) * 60 + Number(minute);
  if (cell.startsWith('¥')) return fen(cell);
  if (cell === 'none') return null;
  if (cell === 'yes' || cell === 'no') return cell === 'yes';
  if (cell.includes('→')) return names(cell).map((pair) => pair.split(' → ').map(Number));
  if (leading !== null) return Number(leading[1]) * (leading[2] === ' ‰ a day' ? 1000 : 1);
  if (/ \d/.test(cell)) return Object.fromEntries(names(cell).map(entry));
  return names(cell);
}

const entry = (pair: string): [string, number] => {
  const [name = '', points] = pair.split(' ');
  return [name, Number(points)];
};

function fen(cell: string): Fen {
  const amount = parseYuan(cell.replaceAll(/[¥,]/g, ''));
  if (amount === null) throw new Error(`not an amount: ${cell}`);
  return amount;
}

/** Every value of a policy under its path; a table or a scale is one value. */
function fieldsOf(value: unknown, path = ''): [string, unknown][] {
  const isTable = typeof value === 'object' && value !== null && !Array.isArray(value);
  const whole = !isTable || 'default' in value || path === 'usage';
  return whole
    ? [[path, value]]
    : Object.entries(value).flatMap(([name, inner]) =>
        fieldsOf(inner, path === '' ? name : `${path}.${name}`),
      );
}

const { ladders, ...besidesLadders } = ladderPolicy.body;

test.each([
  [ladderPolicy.id, ofLadder, besidesLadders],
  [gradePolicy.id, ofGrading, gradePolicy.body],
])('every number of %s is on the page, once and the same', (_id, text, policy) => {
  expect(statedIn(text)).toEqual(fieldsOf(policy).toSorted(byPath));
});

test('every number in which the second grading differs is on the page, once and the same, and no other', () => {
  const before = new Map(fieldsOf(gradePolicy.body).map(([path, value]) => [path, asJson(value)]));
  const differs = ([path, value]: [string, unknown]): boolean => before.get(path) !== asJson(value);
  expect(statedIn(ofGradingV2)).toEqual(fieldsOf(gradeV2.body).filter(differs).toSorted(byPath));
  const gone = [...before.keys()].filter(
    (path) => !fieldsOf(gradeV2.body).some(([there]) => there === path),
  );
  expect(gone).toEqual([]);
});

const asJson = (value: unknown): string => JSON.stringify(value);
const statedIn = (text: string): [string, unknown][] =>
  rows(text, 'value', 'field')
    .map((row): [string, unknown] => [row['field'] ?? '', said(row['value'] ?? '')])
    .toSorted(byPath);

const byPath = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);

test('the page names all the levels that the policy has', () => {
  expect(Object.keys(ladders)).toEqual(['1', '2', '3']);
});

test('the rates that the rules fall back on are those of the policy', () => {
  expect(statutoryPenalty).toEqual(ladderPolicy.body.penalty);
});

const examples = rows(ofLadder, 'customer', 'unpaid', 'penalty');

test.each(examples.map((row, index) => [index + 1, row] as const))(
  'example %i of the penalty is what the rule gives',
  (_number, row) => {
    const dueOn = toDate(row['due'] ?? '');
    const paidOn = toDate(row['paid'] ?? '');
    const amountFen = fen(row['unpaid'] ?? '');
    const bill = { billNo: 'B', period: periodOf(dueOn), issuedOn: dueOn, dueOn, amountFen };
    const [settled] = settle(
      [bill],
      [{ receivedAt: instantAt(paidOn), amountFen }],
      instantAt(paidOn),
    ).bills;
    if (settled === undefined) throw new Error('no bill');
    const rules = { ...statutoryPenalty, minimumFen: toFen(ladderPolicy.body.penalty.minimumFen) };
    const resident = row['customer'] === 'resident';
    const { chargedFen } = penalty(settled, { rules, resident, asOf: paidOn });
    expect(`¥${yuanForPeople(chargedFen)}`).toBe(row['penalty']);
  },
);

test('there are examples of the penalty', () => {
  expect(examples).toHaveLength(3);
});

test('the example of the recovery rate is what the rule gives', () => {
  const [row] = rows(afterGrading, 'receivable', 'cumulative');
  if (row === undefined) throw new Error('no example of the recovery rate');
  const of = (column: string): Fen => fen(row[column] ?? '');
  const rates = recovery({
    receivableFen: of('receivable'),
    priorReceivableFen: of('of it prior years'),
    receivedFen: of('received'),
    priorReceivedFen: of('received of prior years'),
  });
  expect([row['cumulative'], row['this year'], row['prior years']]).toEqual(
    [rates.cumulative, rates.currentYear, rates.priorYear].map(
      (rate) => `${rate?.toFixed(1) ?? ''} %`,
    ),
  );
});
