import { createHash } from 'node:crypto';

/** So many of the customers, spread over all of them and the same each time: those with the smallest hashes of their number. */
export const sliceOf = (customerNos: readonly string[], count: number): string[] =>
  customerNos
    .map((customerNo) => ({ customerNo, hash: hashOf(customerNo) }))
    .sort((a, b) => (a.hash < b.hash ? -1 : 1))
    .slice(0, count)
    .map(({ customerNo }) => customerNo)
    .sort();

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
