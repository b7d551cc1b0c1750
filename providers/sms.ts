/** What became of one attempt to hand a message over. The vendor's words stop in the adapters. */
export type Delivery =
  /** The provider took it; `providerId` is its own name for it. */
  | { kind: 'accepted'; providerId: string }
  /** This address will never do for this channel (dead number, landline, opted out, no such mailbox). `code` is the provider's. */
  | { kind: 'undeliverable'; reason: Undeliverable; code: string }
  /** The provider may or may not have taken it. Never send again before `find` has looked (design 1.4). */
  | { kind: 'unknown'; cause: string }
  /** Certainly not taken; may be tried again, not before `retryAfterMs` where the provider says so. */
  | { kind: 'tryLater'; cause: string; retryAfterMs: number | null };

export type Undeliverable = 'badAddress' | 'landline' | 'optedOut' | 'refused';

/** One message to one address. `id` is ours, fixed over all attempts; `sinceAt` (ISO) is when the first attempt began. */
export type Outgoing = Readonly<{ id: string; to: string; text: string }>;

/** Whether the provider has a message that an earlier attempt may have handed over. */
export type Found = { kind: 'found'; providerId: string } | { kind: 'notFound' } | { kind: 'cannotTell' };

export type SmsProvider = Readonly<{
  name: string;
  /** Never throws for what the provider answers; a bug or bad credentials throw. */
  send: (message: Outgoing) => Promise<Delivery>;
  /** Looks the message up by address and text among those made since `sinceAt` (wall clock, ISO). */
  find: (message: Outgoing, sinceAt: string) => Promise<Found>;
  close: () => Promise<void>;
}>;
