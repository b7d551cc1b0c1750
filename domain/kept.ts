const PLACES = 16;

/**
 * What was found for the last few values that were asked about, by identity: facts, ladders and policies never change. Customer after customer is
 * looked at, each many times at once, so a few places do as well as a `WeakMap`, of which collecting garbage costs more than all that it spares
 * (docs/performance.md).
 */
export class Kept<K extends object, V> {
  readonly #keys: (K | null)[] = Array<K | null>(PLACES).fill(null);
  readonly #values: (V | undefined)[] = Array<V | undefined>(PLACES).fill(undefined);
  #next = 0;

  get(key: K): V | undefined {
    const at = this.#keys.indexOf(key);
    return at === -1 ? undefined : this.#values[at];
  }

  set(key: K, value: V): void {
    const known = this.#keys.indexOf(key);
    const at = known === -1 ? this.#next : known;
    if (known === -1) this.#next = (this.#next + 1) % PLACES;
    this.#keys[at] = key;
    this.#values[at] = value;
  }
}

/** The same pure function of one value that never changes, computed once for each of the last few. */
export function keptFor<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const found = new Kept<K, V>();
  return (key) => {
    const kept = found.get(key);
    if (kept !== undefined) return kept;
    const value = compute(key);
    found.set(key, value);
    return value;
  };
}
