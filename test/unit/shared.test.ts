import { shared } from '../../api/shared';

test('who asks together or soon after shares one computation; a failed one is not kept', async () => {
  let runs = 0;
  const ask = shared(60_000, () => {
    runs += 1;
    return runs === 1 ? Promise.reject(new Error('down')) : Promise.resolve(runs);
  });
  await expect(Promise.all([ask(), ask()])).rejects.toThrow('down');
  expect(await Promise.all([ask(), ask()])).toEqual([2, 2]);
  expect(await ask()).toBe(2);
});

test('what is over its time is computed anew', async () => {
  let runs = 0;
  const ask = shared(0, () => Promise.resolve((runs += 1)));
  expect([await ask(), await ask()]).toEqual([1, 2]);
});
