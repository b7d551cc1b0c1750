import { toDate } from '../../domain/time';
import { loadsOf } from '../../simulation/load';
import type { DayCount } from '../../simulation/summary';

const due = (day: string, station: string, work: DayCount['work'], count: number): DayCount => ({
  ...{ day: toDate(day), station, level: 2, work, count },
});
const days = [
  due('2026-05-01', 'TB01', 'sms', 60),
  { ...due('2026-05-01', 'TB01', 'sms', 10), level: 3 as const },
  due('2026-05-01', 'TB02', 'sms', 40),
  due('2026-05-02', 'TB02', 'sms', 100),
  due('2026-05-02', 'TB01', 'call', 9),
  due('2026-05-03', 'TB02', 'call', 4),
];

describe('work held against what can be done in a day', () => {
  it('is that of all stations and levels for a provider, and of each station for its people', () => {
    const capacities = { name: 'small', perDay: { sms: 100 }, perStationAndDay: { call: 6 } };
    expect(loadsOf({ days }, capacities)).toEqual({
      capacities: 'small',
      loads: [
        {
          ...{ work: 'sms', station: null, perDay: 100, daysOver: 1 },
          ...{ peakDay: '2026-05-01', peak: 110, ratio: 1.1 },
        },
        {
          ...{ work: 'call', station: 'TB01', perDay: 6, daysOver: 1 },
          ...{ peakDay: '2026-05-02', peak: 9, ratio: 1.5 },
        },
        {
          ...{ work: 'call', station: 'TB02', perDay: 6, daysOver: 0 },
          ...{ peakDay: '2026-05-03', peak: 4, ratio: 0.67 },
        },
      ],
    });
  });

  it('is nothing where nothing was due, and is not looked at where nothing is stated', () => {
    const capacities = { name: 'letters', perDay: { letter: 5 }, perStationAndDay: {} };
    expect(loadsOf({ days }, capacities).loads).toEqual([
      {
        ...{ work: 'letter', station: null, perDay: 5, daysOver: 0 },
        ...{ peakDay: null, peak: 0, ratio: 0 },
      },
    ]);
  });
});
