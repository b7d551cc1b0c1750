import type { MonthPage } from '../../../generated/api';

type Row = MonthPage['messages'][number];
/** What became of messages, as a supervisor tells them apart. */
export const SORTS = ['delivered', 'sent', 'failed', 'waiting', 'unknown', 'dropped'] as const;
export type Sort = (typeof SORTS)[number];
export type Sorted = Readonly<Record<Sort, Readonly<{ sms: number; email: number; all: number }>>>;

/** `sent`: the provider has it and has not said more. */
function sortOf({ status, receipt }: Row): Sort {
  if (status === 'undeliverable' || receipt === 'undelivered') return 'failed';
  if (status === 'unknown' || status === 'dropped') return status;
  if (status !== 'accepted') return 'waiting';
  return receipt === 'delivered' ? 'delivered' : 'sent';
}

/** The day's messages by what became of them and by channel. */
export function sortsOf(rows: readonly Row[]): Sorted {
  const among = (sort: Sort) => {
    const mine = rows.filter((row) => sortOf(row) === sort);
    const sum = (some: readonly Row[]) => some.reduce((total, row) => total + row.messages, 0);
    const of = (channel: string) => sum(mine.filter((row) => row.channel === channel));
    return { sms: of('sms'), email: of('email'), all: sum(mine) };
  };
  return {
    delivered: among('delivered'),
    sent: among('sent'),
    failed: among('failed'),
    waiting: among('waiting'),
    unknown: among('unknown'),
    dropped: among('dropped'),
  };
}
