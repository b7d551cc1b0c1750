/**
 * One computation for all who ask within `ms` of its end, and for all who wait for it meanwhile. One that failed is not kept. Only for
 * answers that say as of when they are.
 */
export function shared<T>(ms: number, compute: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  let kept: Readonly<{ value: T; until: number }> | null = null;
  const renew = async (): Promise<T> => {
    try {
      const value = await compute();
      kept = { value, until: performance.now() + ms };
      return value;
    } finally {
      running = null;
    }
  };
  return () => {
    if (kept !== null && performance.now() < kept.until) return Promise.resolve(kept.value);
    running ??= renew();
    return running;
  };
}
