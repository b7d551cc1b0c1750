import type { ComponentType } from 'react';
import { matchPath } from 'react-router';
import type { Permission } from './lib/session';

/** A page of the console. In the menu, its name is its texts' namespace (locales/<language>/<name>.json), whose `title` is its title. */
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
    name: 'month',
    path: '/month',
    needs: 'campaign.read',
    inMenu: true,
    load: () => import('./pages/month/Month'),
  },
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
  {
    name: 'tasks',
    path: '/tasks',
    needs: 'task.read',
    inMenu: true,
    load: () => import('./pages/tasks/Tasks'),
  },
  {
    name: 'task',
    path: '/tasks/:id',
    needs: 'task.read',
    load: () => import('./pages/tasks/Task'),
  },
  {
    name: 'devices',
    path: '/devices',
    needs: 'proposal.read',
    inMenu: true,
    load: () => import('./pages/devices/Devices'),
  },
  {
    name: 'device',
    path: '/devices/:id',
    needs: 'proposal.read',
    load: () => import('./pages/devices/Device'),
  },
  {
    name: 'approvals',
    path: '/approvals',
    needs: 'approval.read',
    inMenu: true,
    load: () => import('./pages/approvals/Approvals'),
  },
  {
    name: 'approval',
    path: '/approvals/:id',
    needs: 'approval.read',
    load: () => import('./pages/approvals/Approval'),
  },
  {
    name: 'policies',
    path: '/policies',
    needs: 'policy.read',
    inMenu: true,
    load: () => import('./pages/policies/Policies'),
  },
  {
    name: 'policy',
    path: '/policies/:id',
    needs: 'policy.read',
    load: () => import('./pages/policies/Policy'),
  },
  {
    name: 'draft',
    path: '/policies/:id/draft',
    needs: 'policy.draft',
    load: () => import('./pages/policies/Draft'),
  },
  {
    name: 'trial',
    path: '/policies/:id/trial',
    needs: 'policy.read',
    load: () => import('./pages/trials/Trial'),
  },
  {
    name: 'experiments',
    path: '/experiments',
    needs: 'policy.read',
    load: () => import('./pages/experiments/Experiments'),
  },
  {
    name: 'experiment',
    path: '/experiments/:id',
    needs: 'recovery.read',
    load: () => import('./pages/experiments/Experiment'),
  },
  {
    name: 'imports',
    path: '/imports',
    needs: 'import.read',
    inMenu: true,
    load: () => import('./pages/imports/Imports'),
  },
  {
    name: 'import',
    path: '/imports/:id',
    needs: 'import.read',
    load: () => import('./pages/imports/Import'),
  },
  {
    name: 'users',
    path: '/users',
    needs: 'staff.read',
    inMenu: true,
    load: () => import('./pages/staff/Users'),
  },
  {
    name: 'user',
    path: '/users/:username',
    needs: 'staff.read',
    load: () => import('./pages/staff/User'),
  },
  {
    name: 'tokens',
    path: '/tokens',
    needs: 'token.own',
    inMenu: true,
    load: () => import('./pages/staff/Tokens'),
  },
  {
    name: 'audit',
    path: '/audit',
    needs: 'audit.read',
    inMenu: true,
    load: () => import('./pages/audit/Audit'),
  },
];

/** Fetches the page's part of the program while the session is still being asked for. A failure shows when it is drawn. */
export function loadPageEarly(address: string): void {
  const page = pages.find(({ path }) => matchPath(path, address));
  void page?.load().catch(() => undefined);
}
