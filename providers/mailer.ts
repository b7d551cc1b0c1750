import type { Delivery, Found } from './sms';

/** One letter to one mailbox. `id` becomes the Message-ID and is fixed over all attempts. */
export type Letter = Readonly<{ id: string; to: string; subject: string; text: string; html: string }>;

export type Mailer = Readonly<{
  name: string;
  /** Never throws for what the server answers; a bug or bad credentials throw. */
  send: (letter: Letter) => Promise<Delivery>;
  /** SMTP has no look-up, so a live mailer answers `cannotTell`; the capturing one knows. */
  find: (letter: Letter, sinceAt: string) => Promise<Found>;
  close: () => Promise<void>;
}>;
