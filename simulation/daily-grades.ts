import { draftOf, type Facts } from '../domain/facts';
import { gradeFacts } from '../domain/grade-facts';
import { levelAndScore, type GradingPolicy } from '../domain/grading';
import { gradedTheSameUntil } from '../domain/grading-days';
import type { Level } from '../domain/policy';
import { instantAt, plusDays, type CivilDate, type Instant } from '../domain/time';
import type { BookCustomer } from './book';

/** At one in the morning: with the bills of the day and the payments of the days before, and hours before anything is done. */
const GRADED_AT = 60;

/** A level that a grading found other than the one before; null: the first. */
export type Regraded = Readonly<{ at: Instant; from: Level | null; to: Level }>;

export type DailyGrades = Readonly<{
  /** The facts with the level of the last morning by then. Asked in order of time; the same again for the same instant. */
  by: (facts: Facts, at: Instant) => Facts;
  /** Whether a morning has come yet. */
  begun: () => boolean;
}>;

/**
 * Grades one customer each morning from a day on, by the product's own grading. A morning on which nothing can have changed is passed over
 * (`gradedTheSameUntil`): that the grades are those of every morning is a test. `told` of each level that is another.
 */
export function dailyGrades(
  { onFile }: Pick<BookCustomer, 'onFile'>,
  policy: GradingPolicy,
  from: CivilDate,
  told: (change: Regraded) => void,
): DailyGrades {
  let next = from;
  let last: Facts | null = null;
  let until: CivilDate | null = null;

  const morning = (facts: Facts, at: Instant): Facts => {
    const before = last === null ? null : facts.level;
    const { level } = levelAndScore(gradeFacts(facts, onFile, before, at), policy);
    if (level !== before) told({ at, from: before, to: level });
    last = facts;
    if (level !== facts.level) {
      const regraded = draftOf(facts);
      regraded.level = level;
      last = regraded;
    }
    // A level that has just changed may change again tomorrow: down by one a day.
    until = level === before ? gradedTheSameUntil(facts, policy, at) : null;
    return last;
  };
  const isSame = (facts: Facts): boolean =>
    last !== null &&
    last.bills === facts.bills &&
    last.payments === facts.payments &&
    last.promises === facts.promises &&
    last.level === facts.level;

  const by = (facts: Facts, at: Instant): Facts => {
    let known = facts;
    for (let due = instantAt(next, GRADED_AT); due <= at; due = instantAt(next, GRADED_AT)) {
      if (until === null || next > until || !isSame(known)) known = morning(known, due);
      next = plusDays(next, 1);
    }
    return known;
  };
  return { by, begun: () => last !== null };
}
