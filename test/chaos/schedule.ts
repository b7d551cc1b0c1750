import { seeded } from '../support/seeded';

/** What may go wrong. Each ends by itself or is ended after `forMs`. */
export const KINDS = [
  'kill worker',
  'kill temporal',
  'kill postgres',
  'kill api',
  'stop worker',
  'stop temporal',
  'stop postgres',
  'cut database',
  'cut engine',
  'delay database',
  'delay engine',
  'sms full',
  'sms fails',
  'sms stalls',
  'sms drops before',
  'sms drops after',
  'mail full',
  'mail fails',
  'mail stalls',
  'mail drops before',
  'mail drops after',
] as const;
export type Kind = (typeof KINDS)[number];

/** `afterMs`: the quiet before it. `amount`: milliseconds of delay. */
export type Fault = Readonly<{ kind: Kind; afterMs: number; forMs: number; amount: number }>;

/**
 * A schedule for each phase: the same for the same seed and counts. Every kind comes once before any comes again.
 * Lengths are of a size that a person would notice, and short enough that thirty fit into some minutes.
 */
export function scheduleOf(seed: number, faults: number, phases: number): Fault[][] {
  const random = seeded(seed);
  const between = (from: number, to: number): number => Math.round(from + random() * (to - from));
  const deck: Kind[] = [];
  const draw = (): Kind => {
    if (deck.length === 0) deck.push(...KINDS);
    return deck.splice(Math.floor(random() * deck.length), 1)[0] ?? 'kill worker';
  };
  const all = Array.from({ length: faults }, (): Fault => {
    const kind = draw();
    return {
      kind,
      afterMs: between(200, 2_500),
      forMs: between(800, 4_000),
      amount: between(20, 150),
    };
  });
  return Array.from({ length: phases }, (_, phase) =>
    all.filter((_fault, n) => n % phases === phase),
  );
}

/** How often each kind is among them, in the order of `KINDS`. */
export function countOf(faults: readonly Fault[]): Partial<Record<Kind, number>> {
  const times = KINDS.map((kind) => [kind, faults.filter((one) => one.kind === kind).length]);
  return Object.fromEntries(times.filter(([, n]) => n !== 0)) as Partial<Record<Kind, number>>;
}
