import gradeV1 from '../../db/policies/tabei-grade-v1.json';
import gradeV2 from '../../db/policies/tabei-grade-v2.json';
import { toFen, type Fen } from '../../domain/fen';
import { grade, type Grade, type GradeFacts, type GradingPolicy } from '../../domain/grading';
import type { PaymentRecord } from '../../domain/payment-record';
import type { Receipts } from '../../domain/receipts';

/** The shipped grading. */
export const gradingV1: GradingPolicy = {
  ...(gradeV1.body as unknown as GradingPolicy),
  id: gradeV1.id,
};

/** The version that looks at receipts; no station is graded by it until two people say so. */
export const gradingV2: GradingPolicy = {
  ...(gradeV2.body as unknown as GradingPolicy),
  id: gradeV2.id,
};

export const yuan = (amount: number): Fen => toFen(amount * 100);
const clean: PaymentRecord = {
  monthsSeen: 12,
  lateMonths: 0,
  daysLate: 0,
  longestLateDays: 0,
  unpaidMonthsThisYear: 0,
  cleanMonths: 12,
  priorYearDebtFen: toFen(0),
};
const inTime: Receipts = { last: 'inTime', missedMonths: 0, missedInRow: 0, inTimeInRow: 12 };
export type Given = Partial<Omit<GradeFacts, 'record' | 'receipts'>> &
  Readonly<{ record?: Partial<PaymentRecord>; receipts?: Partial<Receipts> }>;

/** A resident with a year of bills of ¥100, all paid in time. */
const someone = ({ record, receipts, ...given }: Given = {}): GradeFacts => ({
  category: 'residential',
  businessCondition: null,
  industry: null,
  supplyArea: null,
  depositFen: toFen(0),
  record: { ...clean, ...record },
  receipts: { ...inTime, ...receipts },
  billsFen: Array.from({ length: 12 }, () => yuan(100)),
  overdueFen: toFen(0),
  brokenPromises: 0,
  previous: null,
  ...given,
});
export const graded = (given: Given, by = gradingV1): Grade => grade(someone(given), by);
