import { instantOf, type Instant } from '../domain/time';
import type { DeviceTurn, Turn } from '../workflows/contract';
import type { Activities } from './create';

/**
 * The same activities, their turns at the moment of acting: by the later of the run's clock and the machine's. The run's stood still when the turn was
 * scheduled; it may have waited for a worker since, or been tried again for hours while Postgres was away, and a hold or the evening has come
 * in between (docs/adr/0009). In virtual time the run's is the later one.
 *
 * @param machineMs the machine's clock, milliseconds since 1970.
 */
export function atMomentOfActing(activities: Activities, machineMs: () => number): Activities {
  const acting = <T extends Readonly<{ asOf: Instant; offsetMs?: number }>>(turn: T): T => {
    const { asOf, offsetMs } = turn;
    // A device turn that was scheduled by an earlier build does not say it.
    if (offsetMs === undefined) return turn;
    const now = instantOf(machineMs() + offsetMs);
    return now > asOf ? { ...turn, asOf: now } : turn;
  };
  return {
    ...activities,
    takeTurn: (turn: Turn) => activities.takeTurn(acting(turn)),
    takeDeviceTurn: (turn: DeviceTurn) => activities.takeDeviceTurn(acting(turn)),
  };
}
