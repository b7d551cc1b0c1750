import { epochMs, instantAt, instantOf, type CivilDate, type Instant } from './time';

/** A stretch during which policy time stands still. `until` null: until further notice. */
export type Stillness = Readonly<{ from: Instant; until: Instant | null }>;

/**
 * Stretches joined where they touch and cut off before `since`, in order. Whatever stopped the clock (a hold on the customer,
 * the bill, the station or everything, a dispute, a promise), two at the same time stop it once.
 */
export function joined(stretches: readonly Stillness[], since: Instant): readonly Stillness[] {
  if (stretches.length === 0) return stretches;
  const inOrder = stretches
    .filter(({ from, until }) => until === null || (until > since && until > from))
    .map(({ from, until }) => ({ from: from < since ? since : from, until }))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  const result: Stillness[] = [];
  for (const next of inOrder) {
    const last = result.at(-1);
    if (last === undefined || (last.until !== null && last.until < next.from)) result.push(next);
    else if (last.until !== null && (next.until === null || next.until > last.until)) {
      result[result.length - 1] = { from: last.from, until: next.until };
    }
  }
  return result;
}

/**
 * When a step planned for `at` comes, policy time standing still in the joined stretches: each that begins at or before
 * the step moves it by its whole length. Null while a stretch before it has no end.
 */
export function delayed(at: Instant, stretches: readonly Stillness[]): Instant | null {
  if (stretches.length === 0) return at;
  let shifted = epochMs(at);
  for (const { from, until } of stretches) {
    if (epochMs(from) > shifted) break;
    if (until === null) return null;
    shifted += epochMs(until) - epochMs(from);
  }
  return instantOf(shifted);
}

/** Whether policy time stands still at this instant. */
export const standsStill = (at: Instant, stretches: readonly Stillness[]): boolean =>
  stretches.some(({ from, until }) => from <= at && (until === null || at < until));

/** The first instant from `at` on at which policy time runs; null when it stands still until further notice. */
export function awakeFrom(at: Instant, stretches: readonly Stillness[]): Instant | null {
  const over = stretches.find((stretch) => standsStill(at, [stretch]));
  return over === undefined ? at : over.until;
}

/** A promise stops the ladder from when it was made to the end of the promised day. */
export const promiseStillness = (madeAt: Instant, promisedOn: CivilDate): Stillness => ({
  from: madeAt,
  until: endOfDay(promisedOn),
});

/** The first instant of the next day. */
export const endOfDay = (date: CivilDate): Instant => instantAt(date, 24 * 60);
