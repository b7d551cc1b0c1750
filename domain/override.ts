import type { Grade } from './grading';
import type { Level } from './policy';
import type { Instant } from './time';

/** A level that two people decided on against the points. `endedAt`: when it was ended before its time. */
export type Override = Readonly<{
  level: Level;
  from: Instant;
  until: Instant;
  endedAt: Instant | null;
  reason: string;
}>;

/** The override in force at `asOf`: from its first instant, up to and without its last. Of several the one decided on last. */
export function overrideAt(overrides: readonly Override[], asOf: Instant): Override | null {
  return overrides
    .filter(
      ({ from, until, endedAt }) =>
        from <= asOf && asOf < until && (endedAt === null || asOf < endedAt),
    )
    .reduce<Override | null>(
      (last, one) => (last === null || one.from >= last.from ? one : last),
      null,
    );
}

/**
 * What a grading comes to under an override: its level, with the points as they were found and the override as one more reason, so that
 * the points stay to be seen. Without one, the grade as found.
 * Source: design 4, Grading ("An override has a reason, an end and a second person").
 */
export function gradeUnder(found: Grade, override: Override | null): Grade {
  if (override === null) return found;
  const because = { factor: 'override', points: 0, why: override.reason };
  return { ...found, level: override.level, reasons: [...found.reasons, because] };
}
