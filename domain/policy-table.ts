import { levelLabel, type LadderPolicy, type LadderStep, type Level } from './policy';

/** One step on one level's ladder, as a person reads it: `on` is `issue`, `D−3` or `D+15`, with D the due date. */
export type LadderCell = Pick<LadderStep, 'day' | 'channels' | 'tasks' | 'statutory'> &
  Readonly<{ on: string; text: string }>;
export type LadderRow = Pick<LadderStep, 'key' | 'kind' | 'mandatory'> &
  Readonly<{ levels: Readonly<Record<Level, LadderCell | null>> }>;

/**
 * The ladders of a policy as one table: a row for each step, a column for each level, in the order in which the steps come. Null: that
 * level has no such step. Pure. Source: design 4, "Default policy".
 */
export function ladderTable({ ladders }: Pick<LadderPolicy, 'ladders'>): LadderRow[] {
  const levels: readonly Level[] = [3, 2, 1];
  const keys = levels.reduce<string[]>((known, level) => merged(known, ladders[level]), []);
  return keys.flatMap((key) => {
    const at = (level: Level): LadderStep | undefined =>
      ladders[level].find((step) => step.key === key);
    const first = levels.map(at).find((step) => step !== undefined);
    if (first === undefined) return [];
    const { kind } = first;
    // A step is mandatory where it is on any level: a notice, everywhere.
    const mandatory = levels.some((level) => at(level)?.mandatory === true);
    return { key, kind, mandatory, levels: { 1: cell(at(1)), 2: cell(at(2)), 3: cell(at(3)) } };
  });
}

/** The keys known, with each that is new put behind the one that it follows on its own ladder. */
function merged(known: readonly string[], ladder: readonly LadderStep[]): string[] {
  return ladder.reduce<string[]>(
    (keys, { key }, index) => {
      if (keys.includes(key)) return keys;
      const before = ladder[index - 1]?.key ?? '';
      return keys.toSpliced(keys.indexOf(before) + 1, 0, key);
    },
    [...known],
  );
}

function cell(step: LadderStep | undefined): LadderCell | null {
  if (step === undefined) return null;
  const { kind, day, channels, tasks, statutory } = step;
  const on = dayText(step);
  const what = kind === 'levelRise' ? ['one level up'] : [...channels, ...tasks];
  return { on, day, channels, tasks, statutory, text: `${on}: ${what.join(' + ')}` };
}

function dayText({ anchor, day }: LadderStep): string {
  const from = anchor === 'issue' ? 'issue' : 'D';
  if (day === 0) return from;
  return day < 0 ? `${from}−${-day}` : `${from}+${day}`;
}

/** The head of the table's columns. */
export const ladderColumns: readonly Readonly<{ level: Level; label: string }>[] = [3, 2, 1].map(
  (level) => ({ level: level as Level, label: levelLabel[level as Level] }),
);
