/** The list by `compare`, what is equal as given; itself when it is so already, as lists here nearly always are: then none is made. */
export function inOrder<T>(list: readonly T[], compare: (a: T, b: T) => number): readonly T[] {
  for (let nth = 1; nth < list.length; nth += 1) {
    // Both are there: no list has holes.
    if (compare(list[nth - 1] as T, list[nth] as T) > 0) return [...list].sort(compare);
  }
  return list;
}

/** Of texts, and so of days, months and instants. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
