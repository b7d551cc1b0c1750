import type { Bill, Payment } from '../domain/allocation';
import type { GradeFacts } from '../domain/grading';
import type { Category, Channel } from '../domain/policy';

/** A customer as the book has it: what was billed and received over all time, and what the grading knows besides. */
export type BookCustomer = Readonly<{
  customerNo: string;
  station: string;
  category: Category;
  collector: string | null;
  /** Channels with an address on file. */
  reachable: readonly Channel[];
  prepaid: boolean;
  onFile: Pick<GradeFacts, 'businessCondition' | 'industry' | 'supplyArea' | 'depositFen'>;
  /** In order of issue. */
  bills: readonly Bill[];
  /** In order of receipt. */
  payments: readonly Payment[];
}>;
