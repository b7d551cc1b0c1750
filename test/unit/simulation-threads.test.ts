import { join } from 'node:path';
import costsV1 from '../../db/policies/costs-v1.json';
import { shippedHolidays } from '../../db/shipped-holidays';
import { toDate } from '../../domain/time';
import { readBook } from '../../simulation/read-book';
import { summariseInThreads } from '../../simulation/threads';
import { policyV1 } from '../support/facts';
import { gradingV1 } from '../support/grades';

it('a book is the same summary in one piece and dealt out to threads', async () => {
  const { customers } = await readBook(join(__dirname, '..', '..', 'samples'));
  const rules = { policy: policyV1(), grading: gradingV1, holidays: shippedHolidays() };
  const asked = {
    ...{ from: toDate('2005-06-01'), to: toDate('2005-08-31'), graded: 'day' as const },
    costs: { id: costsV1.id, ...costsV1.body },
  };
  const some = customers.slice(0, 100);
  const whole = await summariseInThreads(some, rules, asked, 0);
  expect(whole.customers).toBe(100);
  expect(whole.levels.length).toBeGreaterThan(0);
  expect(await summariseInThreads(some, rules, asked, 3)).toEqual(whole);
  expect(await summariseInThreads(some.slice(0, 1), rules, asked, 2)).toEqual(
    await summariseInThreads(some.slice(0, 1), rules, asked, 0),
  );
});
