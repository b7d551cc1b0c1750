/** What became of one attempt to hand a message over. The vendor's words stop in the adapters. */
export type Delivery =
  /** The provider took it; `providerId` is its own name for it. */
  | { kind: 'accepted'; providerId: string }
  /** Certainly not taken, and repeating this message to this address cannot help. `code` is the provider's. */
  | { kind: 'undeliverable'; reason: Undeliverable; code: string }
  /** The provider may or may not have taken it. Never send again before `find` has looked (design 1.4). */
  | { kind: 'unknown'; cause: string }
  /** Certainly not taken; may be tried again, not before `retryAfterMs` where the provider says so. */
  | { kind: 'tryLater'; cause: string; retryAfterMs: number | null };

/**
 * The first three are facts about the address: it will never do for this channel, so suppress it.
 * `refused` is about this message (policy, content, region, a full mailbox): use the next channel, and leave the address alone.
 */
export type Undeliverable = 'badAddress' | 'landline' | 'optedOut' | 'refused';

/** One message to one number (E.164). `id` is ours and fixed over all attempts. */
export type Outgoing = Readonly<{ id: string; to: string; text: string }>;

/**
 * Whether the provider has a message that an earlier attempt may have handed over. A provider's list may lag behind what it took,
 * so let a minute pass after the attempt before `notFound` is believed. `cannotTell` is no answer: ask again, or ask a person.
 */
export type Found =
  { kind: 'found'; providerId: string } | { kind: 'notFound' } | { kind: 'cannotTell' };

export type SmsProvider = Readonly<{
  name: string;
  /** Never throws for what the provider answers; a bug or bad credentials throw. A repeat may send twice: see `unknown`. */
  send: (message: Outgoing) => Promise<Delivery>;
  /**
   * Looks the message up by address and text among those made since `sinceAt` (ISO: when the first attempt began); `others` are the provider's
   * names of those that are known to be other messages. Reads only.
   */
  find: (message: Outgoing, sinceAt: string, others?: readonly string[]) => Promise<Found>;
  /** Lets what is under way end, then frees the sockets. */
  close: () => Promise<void>;
}>;
