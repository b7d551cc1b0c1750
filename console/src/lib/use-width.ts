import { useCallback, useSyncExternalStore } from 'react';

/** Whether the screen is so many pixels wide, also when it is turned or the window drawn. */
export function useAtLeast(pixels: number): boolean {
  const query = `(min-width: ${pixels}px)`;
  const watch = useCallback(
    (changed: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    [query],
  );
  return useSyncExternalStore(watch, () => window.matchMedia(query).matches);
}

/** Whether this is a telephone's width; the same bound as in style.css. */
export const useNarrow = (): boolean => !useAtLeast(768);
