import type { ComponentType } from 'react';
import { matchPath } from 'react-router';
import type { Permission } from './lib/session';

/** A page of the console. Its name is its texts' namespace (locales/<language>/<name>.json), whose `title` is its title. */
export type Page = Readonly<{
  name: string;
  path: string;
  /** Who may not is told so, and does not find it in the menu. */
  needs: Permission;
  /** In the menu, in this order; absent: reached from another page. */
  inMenu?: true;
  load: () => Promise<{ default: ComponentType }>;
}>;

/** All pages; the first that a person may read is where he arrives. */
export const pages: readonly Page[] = [
  {
    name: 'customers',
    path: '/customers',
    needs: 'customer.read',
    inMenu: true,
    load: () => import('./pages/customers/Customers'),
  },
  {
    name: 'customer',
    path: '/customers/:customerNo',
    needs: 'customer.read',
    load: () => import('./pages/customer/Customer'),
  },
];

/** Fetches the page's part of the program while the session is still being asked for. A failure shows when it is drawn. */
export function loadPageEarly(address: string): void {
  const page = pages.find(({ path }) => matchPath(path, address));
  void page?.load().catch(() => undefined);
}
