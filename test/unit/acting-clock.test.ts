import type { Instant } from '../../domain/time';
import { epochMs, toPeriod } from '../../domain/time';
import { atMomentOfActing } from '../../worker/acting-clock';
import type { Activities } from '../../worker/create';
import type { DeviceTurn, Turn } from '../../workflows/contract';
import { at } from '../support/scenario';

/** The instants by which turns were taken. */
const acted: Instant[] = [];
const recording = {
  takeTurn: ({ asOf }: Turn) => {
    acted.push(asOf);
    return Promise.resolve({ do: 'close' });
  },
  takeDeviceTurn: ({ asOf }: DeviceTurn) => {
    acted.push(asOf);
    return Promise.resolve({ do: 'close' });
  },
} as unknown as Activities;

const SCHEDULED = at('2026-07-01', 19);
const LATER = at('2026-07-01', 22);
const HOUR_MS = 3_600_000;
const month = { customerNo: 'wang', period: toPeriod('2026-07'), asOf: SCHEDULED };
const device = { customerNo: 'wang', asOf: SCHEDULED };
beforeEach(() => acted.splice(0));

test.each([
  ['the machine’s, where a turn waited for it', LATER, 0, LATER],
  ['the run’s, where the machine’s is behind: in virtual time', at('2026-06-30', 9), 0, SCHEDULED],
  [
    'the station’s, where it is moved',
    at('2026-11-29', 1),
    epochMs(LATER) - epochMs(at('2026-11-29', 1)),
    LATER,
  ],
  ['the run’s, where the station’s is behind it', LATER, -4 * HOUR_MS, SCHEDULED],
])('a turn acts by %s', async (_, machine, offsetMs, expected) => {
  const acting = atMomentOfActing(recording, () => epochMs(machine));
  await acting.takeTurn({ ...month, offsetMs });
  await acting.takeDeviceTurn({ ...device, offsetMs });
  expect(acted).toEqual([expected, expected]);
});

test('a device turn of an earlier build, which does not say how the clock was moved, acts by the run’s', async () => {
  await atMomentOfActing(recording, () => epochMs(LATER)).takeDeviceTurn(device);
  expect(acted).toEqual([SCHEDULED]);
});
