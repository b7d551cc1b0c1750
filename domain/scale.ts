/** `[from, points]`, rising: the points of the last row whose `from` is reached. */
export type Scale = readonly (readonly [from: number, points: number])[];
/** Key → points; a key that is not listed has `default`. */
export type Table = Readonly<Record<string, number>> & Readonly<{ default: number }>;

/** `params`: the numbers of `why`, so that it can be said in another language; none where it is somebody's own word. */
export type Reason = Readonly<{
  factor: string;
  points: number;
  why: string;
  params?: Readonly<Record<string, number>>;
}>;

/** The points of a value; 0 below the first row. */
export const onScale = (scale: Scale, value: number): number =>
  scale.findLast(([from]) => value >= from)?.[1] ?? 0;
