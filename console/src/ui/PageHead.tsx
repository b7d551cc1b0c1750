import type { ReactNode } from 'react';
import { useTitle } from './use-title';

/** A page's one heading, which is the document's title too; beside it what can be done with the whole page. */
export function PageHead({ title, children }: { title: string; children?: ReactNode }) {
  useTitle(title);
  return (
    <div className="page-head">
      <h1>{title}</h1>
      {children}
    </div>
  );
}
