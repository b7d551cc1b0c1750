import { levelLabel, type Level } from './policy';

/** One difference of two versions. `before` null: it is new; `after` null: it is gone. Values as they stand in the policy. */
export type Change = Readonly<{ path: string; before: unknown; after: unknown; text: string }>;

type Json = unknown;
type Table = Readonly<Record<string, Json>>;

/**
 * What changed from one version of a policy to another, in the order of the page: none where both say the same. Steps of a ladder are told
 * apart by key, so one that is put in between changes nothing else. Pure; for bodies of one kind.
 */
export function policyChanges(before: Json, after: Json): Change[] {
  return compare('', before, after);
}

function compare(path: string, before: Json, after: Json): Change[] {
  if (same(before, after)) return [];
  if (isSteps(before) && isSteps(after)) return compareSteps(path, before, after);
  if (isTable(before) && isTable(after)) return compareTables(path, before, after);
  return [changeOf(path, before, after)];
}

const compareTables = (path: string, before: Table, after: Table): Change[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) =>
    compare(path === '' ? name : `${path}.${name}`, own(before, name), own(after, name)),
  );

function compareSteps(path: string, before: readonly Step[], after: readonly Step[]): Change[] {
  const keysOf = (steps: readonly Step[], other: readonly Step[]): string[] =>
    steps.map(({ key }) => key).filter((key) => other.some((step) => step.key === key));
  const moved = [keysOf(before, after), keysOf(after, before)] as const;
  const table = (steps: readonly Step[]): Table =>
    Object.fromEntries(steps.map((step) => [step.key, step]));
  return [
    ...compareTables(path, table(before), table(after)),
    ...(same(...moved) ? [] : [changeOf(`${path}.order`, ...moved)]),
  ];
}

function changeOf(path: string, before: Json, after: Json): Change {
  const [was, is] = [before ?? null, after ?? null];
  const place = path.replace(/^ladders\.([123])/, (_, level: string) => {
    return `level ${levelLabel[Number(level) as Level]}`;
  });
  const text =
    before === undefined
      ? `${place}: new, ${said(is)}`
      : after === undefined
        ? `${place}: gone, was ${said(was)}`
        : `${place}: ${said(was)} → ${said(is)}`;
  return { path, before: was, after: is, text };
}

const said = (value: Json): string =>
  typeof value === 'string' ? value : value === null ? 'none' : JSON.stringify(value);

type Step = Table & Readonly<{ key: string }>;

const isTable = (value: Json): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isSteps = (value: Json): value is readonly Step[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((item) => isTable(item) && typeof item['key'] === 'string');
const own = (table: Table, name: string): Json =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** Whether two values say the same; the order of a table's names says nothing. */
function same(a: Json, b: Json): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (!isTable(a) || !isTable(b)) return a === b;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && same(a[name], b[name]))
  );
}
