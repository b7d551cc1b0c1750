import type { Fen } from './fen';
import { divideHalfUp } from './rounding';

/** Receivable and received of all years, and the part of either that belongs to prior years (陈欠). */
export type RecoverySums = Readonly<{
  receivableFen: Fen;
  receivedFen: Fen;
  priorReceivableFen: Fen;
  priorReceivedFen: Fen;
}>;
/** 电费回收率 in per cent with one decimal; null where nothing was receivable. */
export type RecoveryRates = Readonly<{
  cumulative: number | null;
  currentYear: number | null;
  priorYear: number | null;
}>;

/**
 * Received as a share of receivable, for all years, this year and prior years; rounded half up, so
 * 100.0 is shown from 99.95 per cent on: whether all is recovered is asked of the fen.
 * Source: 电费回收率 = 实收 ÷ 应收 × 100 %.
 */
export function recovery(sums: RecoverySums): RecoveryRates {
  const { receivableFen, receivedFen, priorReceivableFen, priorReceivedFen } = sums;
  return {
    cumulative: perCent(receivedFen, receivableFen),
    currentYear: perCent(receivedFen - priorReceivedFen, receivableFen - priorReceivableFen),
    priorYear: perCent(priorReceivedFen, priorReceivableFen),
  };
}

const perCent = (received: number, receivable: number): number | null =>
  receivable <= 0 ? null : Number(divideHalfUp(BigInt(received) * 1000n, BigInt(receivable))) / 10;
