import { useEffect, useRef, type ReactNode } from 'react';

/** Of what opens, the first field has the focus, and not the cross that closes it. */
export function FocusIn({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.querySelector<HTMLElement>('input, textarea')?.focus(), []);
  return <div ref={place}>{children}</div>;
}
