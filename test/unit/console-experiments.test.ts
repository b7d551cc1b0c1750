import type { ExperimentArm } from '../../console/generated/api';
import { rateOf, ratesByDay } from '../../console/src/pages/experiments/rates';

const arm = (billedFen: number, curve: ExperimentArm['curve']): ExperimentArm => ({
  ...{ arm: 'champion', customers: 1, months: 1, outcomes: {}, moved: 0, costFen: 0 },
  ...{ receivedFen: 0, medianDaysToPayment: null, sms: 0, email: 0, tasks: 0 },
  ...{ billedFen, curve },
});

test('what had come in by a day is that of the last day on which something came', () => {
  const curve = [
    { day: 1, receivedFen: 250 },
    { day: 3, receivedFen: 1_000 },
  ];
  expect(ratesByDay(arm(1_000, curve), 4)).toEqual([0, 25, 25, 100, 100]);
});

test('of nothing billed there is no rate, and its line lies at zero', () => {
  expect(rateOf(5, 0)).toBeNull();
  expect(ratesByDay(arm(0, [{ day: 0, receivedFen: 5 }]), 1)).toEqual([0, 0]);
});
