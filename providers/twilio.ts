import twilio from 'twilio';
import { refusedUs } from './refused-us';
import type { Delivery, Found, Outgoing, SmsProvider } from './sms';
import { twilioFailure, twilioHttp } from './twilio-http';
import { twilioOutcome } from './twilio-outcome';

export type TwilioSettings = Readonly<{
  accountSid: string;
  authToken: string;
  /** A number of ours (E.164), or a messaging service (`MG…`). */
  from: string;
  /** Another address for the API: a stand-in, a proxy. */
  baseUrl?: string;
  /** An attempt, and each page of a look-up, answers within this, whatever the server does. */
  timeoutMs: number;
  /** Where Twilio reports what became of a message; `?intent=<id>` is added. */
  statusCallback?: string;
}>;

/**
 * SMS by Twilio. It has no idempotency key: after `unknown`, only `find` tells. `send` throws when Twilio refuses our credentials,
 * account or sender; so does `find`.
 */
export function twilioSms(settings: TwilioSettings): SmsProvider {
  const client = twilio(settings.accountSid, settings.authToken, {
    httpClient: twilioHttp(settings),
  });

  const send = async ({ id, to, text }: Outgoing): Promise<Delivery> => {
    const message = { to, body: text, ...sender(settings.from), ...callback(settings, id) };
    try {
      const { sid } = await client.messages.create(message);
      return { kind: 'accepted', providerId: sid };
    } catch (error) {
      return outcomeOf(error);
    }
  };

  const find = async (
    { to, text }: Outgoing,
    sinceAt: string,
    others: readonly string[] = [],
  ): Promise<Found> => {
    try {
      const listed = await client.messages.list({ to, limit: LISTED_MAX, pageSize: PAGE });
      return pick(listed, {
        others,
        text,
        sinceMs: Date.parse(sinceAt) - CLOCKS_APART_MS,
      });
    } catch (error) {
      outcomeOf(error);
      return { kind: 'cannotTell' };
    }
  };

  return { name: 'twilio', send, find, close: () => Promise.resolve() };
}

const sender = (from: string) => (from.startsWith('MG') ? { messagingServiceSid: from } : { from });

function callback({ statusCallback }: TwilioSettings, id: string): { statusCallback?: string } {
  if (statusCallback === undefined) return {};
  const url = new URL(statusCallback);
  url.searchParams.set('intent', id);
  return { statusCallback: url.href };
}

function outcomeOf(error: unknown): Delivery {
  const failure = twilioFailure(error);
  if (failure === undefined) throw error;
  const outcome = twilioOutcome(failure);
  if (outcome !== null) return outcome;
  throw refusedUs('twilio', failure.kind === 'answered' ? (failure.code ?? failure.status) : '');
}

/** A customer gets three messages a week at most, so this is more than a year of one number. */
const LISTED_MAX = 200;
const PAGE = 100;
/** Our clock against Twilio's, whose times are whole seconds. */
const CLOCKS_APART_MS = 60_000;

type Listed = Readonly<{ sid: string; body: string; dateCreated: Date }>;

/**
 * Filters by creation here and not by Twilio's `DateSent`, which a message still queued does not have. Compares the end of the text:
 * trial accounts and some countries' routes put words in front. A message without text was redacted, and may be ours.
 */
function pick(
  listed: readonly Listed[],
  { text, sinceMs, others }: { text: string; sinceMs: number; others: readonly string[] },
): Found {
  const recent = listed.filter(({ dateCreated }) => dateCreated.getTime() >= sinceMs);
  const own = recent.filter(({ sid }) => !others.includes(sid));
  const match = own.find(({ body }) => body.trimEnd().endsWith(text.trimEnd()));
  if (match !== undefined) return { kind: 'found', providerId: match.sid };
  const listedAll = listed.length < LISTED_MAX || recent.length < listed.length;
  const redacted = own.some(({ body }) => body === '');
  return { kind: listedAll && !redacted ? 'notFound' : 'cannotTell' };
}
