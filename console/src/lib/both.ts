import type { How } from './order';

/** An order whose address has a dry run: tried and given by the same call. */
export const both = <Given>(send: (given: Given, how: How) => Promise<unknown>) => ({
  trial: (given: Given) => send(given, { dryRun: true }),
  give: (given: Given, key: string) => send(given, { key }),
});
