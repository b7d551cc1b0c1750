import type { Letter, Mailer } from './mailer';
import type { Delivery, Found, Outgoing, SmsProvider } from './sms';

export type CaptureOptions = Readonly<{
  /** How many messages are kept, the newest. Default 10,000. */
  keep?: number;
  /** Answers by address, for rehearsing failures. A scripted message is not kept, so `find` says `notFound`. */
  script?: Readonly<Record<string, Delivery>>;
}>;

/** What a capturing provider was given and accepted, oldest first; one entry an id, however often it was sent. */
export type Captured<M> = Readonly<{ captured: () => readonly M[] }>;

/**
 * A mailer that talks to nobody (law 9) and keeps what it was given in memory, so that `find` answers until the process ends.
 * A repeat with the same id changes nothing.
 */
export const capturingMailer = (options: CaptureOptions = {}): Mailer & Captured<Letter> => ({
  name: 'capture',
  ...capture<Letter>(options),
});

/** As `capturingMailer`, for SMS. */
export const capturingSms = (options: CaptureOptions = {}): SmsProvider & Captured<Outgoing> => ({
  name: 'capture',
  ...capture<Outgoing>(options),
});

type Message = Readonly<{ id: string; to: string }>;

function capture<M extends Message>({ keep = 10_000, script = {} }: CaptureOptions) {
  const kept = new Map<string, M>();
  let forgot = false;

  const accept = (message: M): Delivery => {
    if (!kept.has(message.id)) kept.set(message.id, message);
    for (const id of kept.keys()) {
      if (kept.size <= keep) break;
      forgot = kept.delete(id);
    }
    return { kind: 'accepted', providerId: providerId(message) };
  };
  const look = (message: M): Found => {
    if (kept.has(message.id)) return { kind: 'found', providerId: providerId(message) };
    return { kind: forgot ? 'cannotTell' : 'notFound' };
  };

  return {
    send: (message: M): Promise<Delivery> =>
      Promise.resolve(
        Object.hasOwn(script, message.to)
          ? (script[message.to] ?? accept(message))
          : accept(message),
      ),
    find: (message: M): Promise<Found> => Promise.resolve(look(message)),
    close: (): Promise<void> => Promise.resolve(),
    captured: (): readonly M[] => [...kept.values()],
  };
}

const providerId = ({ id }: Message): string => `captured-${id}`;
