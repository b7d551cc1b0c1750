import { settle } from './allocation';
import { yuan } from './fen';
import type { Facts } from './facts';
import { dateOf, monthsLater, type CivilDate, type Instant } from './time';

/** So long somebody may still go to court over a debt, and needs what was written. Source: 民法典 art. 188, three years from knowing. */
const LIMITATION_MONTHS = 36;

/** What else is open about a customer, and the last day on which anything happened; null: nothing ever did. */
export type Loose = Readonly<{
  openCycle: boolean;
  openTasks: number;
  openDisputes: number;
  openCase: boolean;
  lastOn: CivilDate | null;
}>;

/**
 * Why what is personal about a customer must still be kept, as a sentence; null: it may go. As of `asOf`, by the facts of any period.
 * Source: 个人信息保护法 art. 19 and 47: no longer than its purpose needs.
 */
export function whyKept(facts: Facts, loose: Loose, asOf: Instant): string | null {
  const owed = settle(facts.bills, facts.payments, asOf);
  const unpaid = owed.bills.find(({ outstandingFen }) => outstandingFen > 0);
  if (unpaid !== undefined)
    return `Bill ${unpaid.billNo} is unpaid by ¥${yuan(unpaid.outstandingFen)}.`;
  if (owed.creditFen > 0) return `The customer has a credit of ¥${yuan(owed.creditFen)}.`;
  if (loose.openCycle) return 'A month is still open.';
  if (loose.openTasks > 0) return `${loose.openTasks} tasks are open.`;
  if (loose.openDisputes > 0) return `${loose.openDisputes} disputes are open.`;
  if (loose.openCase) return 'A proposal of the prepaid device is open.';
  if (loose.lastOn === null) return null;
  const until = monthsLater(loose.lastOn, LIMITATION_MONTHS);
  return dateOf(asOf) < until
    ? `What happened on ${loose.lastOn} may be asked for in court until ${until}.`
    : null;
}
