/**
 * The same pure function of one value that never changes, computed once for each: what was found is forgotten with the value. Facts, ladders
 * and policies are such values.
 */
export function keptFor<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const found = new WeakMap<K, V>();
  return (key) => {
    const kept = found.get(key);
    if (kept !== undefined) return kept;
    const value = compute(key);
    found.set(key, value);
    return value;
  };
}
