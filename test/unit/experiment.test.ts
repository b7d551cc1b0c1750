import fc from 'fast-check';
import { armOf } from '../../domain/experiment';

const book = Array.from({ length: 10_000 }, (_, nth) => `C${String(nth).padStart(5, '0')}`);
const challenged = (id: string, share: number): Set<string> =>
  new Set(book.filter((customerNo) => armOf(id, customerNo, share) === 'challenger'));

test.each([1, 10, 50])('of %d percent about so many are on the challenger’s side', (share) => {
  for (const id of ['e1', 'e2', 'api-77'])
    expect(Math.abs(challenged(id, share).size - 100 * share)).toBeLessThan(200);
});

test('a customer stays on the same side, and a greater share only adds customers', () => {
  const [few, many] = [challenged('e1', 10), challenged('e1', 30)];
  expect([...few].every((customerNo) => many.has(customerNo))).toBe(true);
  expect(challenged('e1', 10)).toEqual(few);
});

test('another experiment draws anew: of 10 percent twice about one percent are the same', () => {
  const [one, other] = [challenged('e1', 10), challenged('e2', 10)];
  const both = [...one].filter((customerNo) => other.has(customerNo)).length;
  expect(both).toBeGreaterThan(50);
  expect(both).toBeLessThan(150);
});

test('whatever a customer is called, it is on one of the two sides', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.integer({ min: 1, max: 50 }), (id, no, share) =>
      ['champion', 'challenger'].includes(armOf(id, no, share)),
    ),
  );
});
