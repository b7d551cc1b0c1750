/** What a provider says became of a message after it took it, in the order in which it comes about. */
export const receiptRank = { queued: 0, sent: 1, delivered: 2, undelivered: 2 } as const;
export type Receipt = keyof typeof receiptRank;
