import type { Instant, Period } from '../domain/time';

/** The workflow's clock as the station reads it. Deterministic: `Date.now()` is the workflow's own inside the sandbox. */
export const now = (offsetMs: number): Instant =>
  new Date(Date.now() + offsetMs).toISOString() as Instant;

/** The workflow's own time of an instant of the station's clock; null stays null. */
export const ownMs = (at: Instant | null, offsetMs: number): number | null =>
  at === null ? null : Date.parse(at) - offsetMs;

/** The month in Asia/Shanghai (UTC+8, no summer time) in which the instant falls. */
export const monthOf = (at: Instant): Period =>
  new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 7) as Period;
