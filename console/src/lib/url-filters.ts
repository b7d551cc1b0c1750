import { useSearchParams } from 'react-router';

/**
 * The filters of a list, kept in the address, so that a link shows another person the same list and going back shows what one saw.
 * Only the named ones are read; an empty one is left out.
 */
export function useUrlFilters<K extends string>(
  names: readonly K[],
): [Partial<Record<K, string>>, (change: Partial<Record<K, string>>) => void] {
  const [search, setSearch] = useSearchParams();
  const filters: Partial<Record<K, string>> = {};
  for (const name of names) {
    const value = search.get(name);
    if (value !== null && value !== '') filters[name] = value;
  }
  const change = (more: Partial<Record<K, string>>) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries<string | undefined>(more))
          if (value === undefined || value === '') next.delete(name);
          else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  return [filters, change];
}
