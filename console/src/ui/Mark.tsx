import type { ReactNode } from 'react';

/** A state in a word, told by its colour too; every colour stands out at 4.5 : 1 at least. */
export function Mark({
  tone,
  children,
}: {
  tone: 'good' | 'waits' | 'bad' | 'news' | 'plain';
  children: ReactNode;
}) {
  return <span className={`mark-${tone}`}>{children}</span>;
}
