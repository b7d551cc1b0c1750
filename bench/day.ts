/**
 * A campaign's first day at any size, minute by minute, as flows through queues: no engine is asked. What one machine does is measured
 * (docs/performance.md); that machines add up is an assumption, which docs/scale.md holds against what a cluster shares.
 */
export type DayInput = Readonly<{
  customers: number;
  /** Of the customers, who owe something: their months are opened. The book of shared data: 0.93. */
  owing: number;
  /** Machines of two cores for engine, database and worker. */
  machines: number;
  /** Months that one machine opens in a second, the first messages captured, while all else of it runs: `npm run bench -- load`. */
  monthsPerSecond: number;
  /** What a payment that ends a month costs, as a part of what opening one costs: measured, docs/scale.md. */
  paymentCost: number;
  /** Of those who owe, who pay on that day, evenly from 9 to 17. */
  paying: number;
  /** Texts and letters by e-mail a second that the providers take; one of each for a month. */
  smsPerSecond: number;
  mailPerSecond: number;
}>;

export type DayFigures = Readonly<{
  /** Hours after 8:00; null: not within the twelve hours in which messages may be sent. */
  openedAfter: number | null;
  textsSentAfter: number | null;
  mailsSentAfter: number | null;
  /** Payments not yet told to their months, at the worst minute. */
  paymentsWaiting: number;
  /** Seconds from a payment to its month's end at that minute, besides what a quiet machine needs. */
  paymentDelay: number;
  /** Months opened whose text waits for the provider, at the worst minute. */
  textsWaiting: number;
  /** What ends last. */
  bends: 'engine' | 'sms' | 'mail';
}>;

const MINUTES = 12 * 60;
const PAYING_FROM = 60;
const PAYING_UNTIL = 9 * 60;

/** Payments go first: a month must not be dunned for what is paid. What the machines have left opens months. */
export function campaignDay(given: DayInput): DayFigures {
  const owing = given.customers * given.owing;
  const engine = given.machines * given.monthsPerSecond * 60;
  const arriving = (owing * given.paying) / (PAYING_UNTIL - PAYING_FROM);
  let [opened, texts, mails, payments] = [0, 0, 0, 0];
  let [paymentsWaiting, textsWaiting] = [0, 0];
  const ends: { opened?: number; texts?: number; mails?: number } = {};
  for (let minute = 0; minute < MINUTES; minute += 1) {
    if (minute >= PAYING_FROM && minute < PAYING_UNTIL) payments += arriving;
    const stopped = Math.min(payments, engine / given.paymentCost);
    payments -= stopped;
    paymentsWaiting = Math.max(paymentsWaiting, payments);
    opened = Math.min(owing, opened + engine - stopped * given.paymentCost);
    texts = Math.min(opened, texts + given.smsPerSecond * 60);
    mails = Math.min(opened, mails + given.mailPerSecond * 60);
    textsWaiting = Math.max(textsWaiting, opened - texts);
    const hour = (minute + 1) / 60;
    if (opened >= owing) ends.opened ??= hour;
    if (texts >= owing) ends.texts ??= hour;
    if (mails >= owing) ends.mails ??= hour;
  }
  return {
    openedAfter: rounded(ends.opened),
    textsSentAfter: rounded(ends.texts),
    mailsSentAfter: rounded(ends.mails),
    paymentsWaiting: Math.round(paymentsWaiting),
    paymentDelay: Math.round((paymentsWaiting * given.paymentCost * 60) / engine),
    textsWaiting: Math.round(textsWaiting),
    bends: bending(given, owing),
  };
}

/** The slowest of the three by its own rate. */
function bending(given: DayInput, owing: number): DayFigures['bends'] {
  const payments = owing * given.paying * given.paymentCost;
  const seconds = {
    engine: (owing + payments) / (given.machines * given.monthsPerSecond),
    sms: owing / given.smsPerSecond,
    mail: owing / given.mailPerSecond,
  };
  const [slowest = 'engine'] = (Object.keys(seconds) as (keyof typeof seconds)[]).sort(
    (a, b) => seconds[b] - seconds[a],
  );
  return slowest;
}

const rounded = (hours: number | undefined): number | null =>
  hours === undefined ? null : Math.round(hours * 10) / 10;
