import { useState } from 'react';

/** What the API takes of customers chosen one by one. */
export const CHOSEN_MAX = 500;

export type Choice = Readonly<{
  /** All who fit the filter, also those not read yet. */
  all: boolean;
  chosen: ReadonlySet<string>;
  toggle: (customerNo: string) => void;
  takeAll: (all: boolean) => void;
  clear: () => void;
}>;

type Taken = Readonly<{ of: string; all: boolean; chosen: ReadonlySet<string> }>;
const none = (of: string): Taken => ({ of, all: false, chosen: new Set() });

/** Whom a bulk order is to be over. It belongs to one filter: with another nobody is chosen. */
export function useChoice(filter: string): Choice {
  const [kept, keep] = useState<Taken>(none(filter));
  const taken = kept.of === filter ? kept : none(filter);
  return {
    all: taken.all,
    chosen: taken.chosen,
    toggle(customerNo) {
      const chosen = new Set(taken.chosen);
      if (!chosen.delete(customerNo) && chosen.size < CHOSEN_MAX) chosen.add(customerNo);
      keep({ of: filter, all: false, chosen });
    },
    takeAll: (all) => keep({ ...none(filter), all }),
    clear: () => keep(none(filter)),
  };
}
