import type { Clock } from './clock';

/**
 * At most `maxInFlight` holders at a time; the others queue in order, each for at most the wait that it names.
 * `enter` answers the function that leaves again, or null when no place came free in time.
 */
export function bulkhead(maxInFlight: number, clock: Clock) {
  const queue: (() => void)[] = [];
  let free = maxInFlight;

  const leave = (): void => {
    const next = queue.shift();
    if (next === undefined) free += 1;
    else next();
  };

  return {
    enter: (maxWaitMs: number): Promise<(() => void) | null> => {
      if (free > 0) {
        free -= 1;
        return Promise.resolve(leave);
      }
      return new Promise((answer) => {
        const cancel = clock.after(maxWaitMs, () => {
          queue.splice(queue.indexOf(take), 1);
          answer(null);
        });
        const take = (): void => {
          cancel();
          answer(leave);
        };
        queue.push(take);
      });
    },
  };
}
