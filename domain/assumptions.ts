import type { Level, StepKind } from './policy';
import type { CivilDate } from './time';

/** The share of people who would pay, from 0 to 1, spread evenly over so many days. */
export type Response = Readonly<{ chance: number; withinDays: number }>;

/** How people are assumed to pay: nobody measured it. Plain data, which a thread can be given and a row can keep. */
export type PaymentModel = Readonly<{
  name: string;
  /** Another seed is another draw of the same chances. */
  seed: number;
  /** What it can tell and what not, in the words of whoever made it. */
  limits: string;
  /** After the issue of a bill, whatever is done; absent: nobody pays by himself. */
  base?: Response | undefined;
  /** After a step, at the customer's level when it is done. A step that is not listed makes nobody pay. */
  after: readonly (Response & Readonly<{ step: StepKind; levels: readonly Level[] }>)[];
}>;

/** A model by which payments were made up, as it stands with what was found by it. */
export type NamedModel = Pick<PaymentModel, 'name' | 'seed' | 'limits'>;

/** What a step is to whoever carries it out: messages by channel, tasks by kind, proposals. */
export const WORKS = ['sms', 'email', 'call', 'visit', 'letter', 'review', 'proposal'] as const;
export type Work = (typeof WORKS)[number];

/** What a provider and people can do in a day: of all stations together, and of each. What is not named is not looked at. */
export type Capacities = Readonly<{
  name: string;
  perDay: Readonly<Partial<Record<Work, number | undefined>>>;
  perStationAndDay: Readonly<Partial<Record<Work, number | undefined>>>;
}>;

/** One kind of work held against what can be done of it. */
export type Load = Readonly<{
  work: Work;
  /** Null: all stations together. */
  station: string | null;
  perDay: number;
  daysOver: number;
  /** The day with the most; null when nothing was due. */
  peakDay: CivilDate | null;
  peak: number;
  /** The peak over what can be done; above 1 it is too much. */
  ratio: number;
}>;
