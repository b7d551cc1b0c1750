import type { Delivery, Found } from './sms';

/** Purposes are kept apart (design 4): who opts out of the offer still gets the bill. */
type Purpose = 'bill' | 'reminder' | 'demand' | 'marketing';

/** One letter to one mailbox. `id` becomes the Message-ID and is fixed over all attempts. */
export type Letter = Readonly<{
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Written as a header, so that a mail server's rules can tell a demand from an offer. */
  purpose?: Purpose;
  /** An https address that unsubscribes by POST without signing in (RFC 8058); for `marketing`. */
  unsubscribeUrl?: string;
}>;

export type Mailer = Readonly<{
  name: string;
  /** Never throws for what the server answers; a bug or bad credentials throw. A repeat may send twice: see `unknown`. */
  send: (letter: Letter) => Promise<Delivery>;
  /** SMTP has no look-up, so a live mailer answers `cannotTell`; the capturing one knows. */
  find: (letter: Letter, sinceAt: string) => Promise<Found>;
  /** Lets what is under way end, then frees the sockets. */
  close: () => Promise<void>;
}>;
