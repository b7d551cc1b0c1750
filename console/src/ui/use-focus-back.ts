import { useEffect, useState } from 'react';

/**
 * Who presses a button and closes what it opened stands at the button again. Where that is gone or cannot be pressed any more, on the page:
 * the next Tab begins there and not at the address bar. Ant Design does it only for what stays mounted while it goes out.
 */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const place = isReachable(before) ? before : document.getElementById('main');
      place?.focus({ preventScroll: true });
    },
    [before],
  );
}

const isReachable = (at: Element | null): at is HTMLElement =>
  at instanceof HTMLElement && at !== document.body && at.isConnected && !at.matches(':disabled');
