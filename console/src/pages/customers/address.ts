/** What the address keeps; amounts in yuan, as people type them. */
export const FILTERS = [
  'search',
  'station',
  'category',
  'level',
  'stage',
  'flags',
  'minOverdueDays',
  'minOwed',
  'sort',
] as const;
export type Filters = Partial<Record<(typeof FILTERS)[number], string>>;
