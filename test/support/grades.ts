import gradeV1 from '../../db/policies/tabei-grade-v1.json';
import { toFen, type Fen } from '../../domain/fen';
import { grade, type Grade, type GradeFacts, type GradingPolicy } from '../../domain/grading';
import type { PaymentRecord } from '../../domain/payment-record';

/** The shipped grading. */
export const gradingV1: GradingPolicy = {
  ...(gradeV1.body as unknown as GradingPolicy),
  id: gradeV1.id,
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
export type Given = Partial<Omit<GradeFacts, 'record'>> &
  Readonly<{ record?: Partial<PaymentRecord> }>;

/** A resident with a year of bills of ¥100, all paid in time. */
const someone = ({ record, ...given }: Given = {}): GradeFacts => ({
  category: 'residential',
  businessCondition: null,
  industry: null,
  supplyArea: null,
  depositFen: toFen(0),
  record: { ...clean, ...record },
  billsFen: Array.from({ length: 12 }, () => yuan(100)),
  overdueFen: toFen(0),
  brokenPromises: 0,
  previous: null,
  ...given,
});
export const graded = (given: Given, by = gradingV1): Grade => grade(someone(given), by);
