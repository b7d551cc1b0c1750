import {
  deviceRoad,
  nextDeviceStep,
  proposalDue,
  type DeviceFacts,
  type DeviceStage,
} from '../../domain/device';
import type { Category, Level } from '../../domain/policy';
import { plusMonths, toPeriod } from '../../domain/time';
import { on, policyV1, someBill, someFacts } from '../support/facts';

const aCase = (given: Partial<DeviceFacts> = {}): DeviceFacts => ({
  stage: 'proposed',
  task: null,
  recordClean: false,
  letter: null,
  ...given,
});
const task = (given: Partial<NonNullable<DeviceFacts['task']>> = {}): DeviceFacts['task'] => ({
  id: 't',
  dueAt: on(7),
  escalated: false,
  outcome: null,
  ...given,
});

describe('the road to a prepaid device', () => {
  it('leads through a task of a person at every stage', () => {
    let stage: DeviceStage = 'proposed';
    const road: string[] = [];
    for (let leg = 0; leg < 10; leg += 1) {
      const plan = nextDeviceStep(aCase({ stage }), on(0));
      if (plan.do === 'close') break;
      expect(plan.do).toBe('giveTask');
      const done = nextDeviceStep(aCase({ stage, task: task({ outcome: 'done' }) }), on(1));
      if (plan.do !== 'giveTask' || done.do !== 'advance') throw new Error(`stuck at ${stage}`);
      road.push(`${stage}: ${plan.task}`);
      stage = done.to;
    }
    expect(stage).toBe('switched');
    expect(road).toEqual([
      'proposed: deviceContact',
      'contacted: deviceVisit',
      'visited: deviceAgreement',
      'agreed: deviceSigning',
      'signed: deviceInstallation',
      'installed: deviceTopUp',
      'toppedUp: deviceSwitch',
    ]);
  });

  it.each(['switched', 'refused', 'withdrawn'] as const)('ends at %s', (stage) => {
    expect(nextDeviceStep(aCase({ stage }), on(0))).toEqual({ do: 'close', at: on(0), stage });
  });

  it.each(Object.keys(deviceRoad) as DeviceStage[])('can be refused when %s', (stage) => {
    const plan = nextDeviceStep(aCase({ stage, task: task({ outcome: 'refuses' }) }), on(0));
    expect(plan).toEqual({ do: 'advance', at: on(0), to: 'refused' });
  });

  it.each<[DeviceStage, boolean]>([
    ['proposed', true],
    ['contacted', true],
    ['visited', true],
    ['agreed', false],
    ['signed', false],
    ['installed', false],
    ['toppedUp', false],
  ])('of a record that became clean is given up when %s: %s', (stage, withdrawn) => {
    const given = nextDeviceStep(aCase({ stage, recordClean: true }), on(0));
    expect(given.do === 'advance' && given.to === 'withdrawn').toBe(withdrawn);
    const asked = nextDeviceStep(aCase({ stage, recordClean: true, task: task() }), on(0));
    expect(asked.do === 'advance' && asked.to === 'withdrawn').toBe(withdrawn);
  });

  it('takes what the customer said before the record', () => {
    const said = aCase({ recordClean: true, stage: 'visited', task: task({ outcome: 'agrees' }) });
    expect(nextDeviceStep(said, on(0))).toMatchObject({ do: 'advance', to: 'agreed' });
  });

  it.each([
    ['the eve of its due day', on(6)],
    ['its due instant', on(7)],
    ['the day after', on(8)],
  ])('passes on a task that nobody does, looked at on %s', (_rule, asOf) => {
    const plan = nextDeviceStep(aCase({ task: task() }), asOf);
    expect(plan).toEqual({ do: 'escalateTask', at: on(7), taskId: 't' });
  });

  it('passes a task on once, and then waits for the person', () => {
    const plan = nextDeviceStep(aCase({ task: task({ escalated: true }) }), on(9));
    expect(plan).toEqual({ do: 'wait', at: null });
  });
});

describe('a proposal', () => {
  /** Bills of this many months, each paid a day late or in time; the last due on D. */
  const someone = (level: Level, days: readonly number[], category: Category = 'residential') => {
    const bills = days.map((_, index) =>
      someBill({
        billNo: `m${index}`,
        period: plusMonths(toPeriod('2025-01'), index),
        issued: -18 - 28 * (days.length - index),
        due: -28 * (days.length - index),
      }),
    );
    const payments = bills.map(({ amountFen }, index) => ({
      receivedAt: on(-28 * (days.length - index) + (days[index] ?? 0)),
      amountFen,
    }));
    return someFacts({ level, category, bills, payments });
  };
  const why = (...given: Parameters<typeof someone>) =>
    proposalDue(someone(...given), policyV1(), on(0));

  it('says why in the facts that led to it', () => {
    expect(why(2, [1, 0, 5, 0])).toBe('level 2, 2 late months of 12');
    expect(why(1, [])).toBe('level 1, 0 late months of 12');
  });

  it.each<[Level, number[], boolean]>([
    [1, [], true],
    [2, [1, 0, 0], false],
    [2, [1, 0, 1], true],
    [3, [1, 1, 0], false],
    [3, [1, 1, 1], true],
  ])('at level %s with days late %j: %s', (level, days, due) => {
    expect(why(level, days) !== null).toBe(due);
  });

  it('looks at twelve months only', () => {
    expect(why(2, [9, 9, ...Array.from({ length: 13 }, () => 0)])).toBeNull();
  });

  it.each(['government', 'school'] as const)('is not made to a %s', (category) => {
    expect(why(1, [9, 9, 9], category)).toBeNull();
  });
});
