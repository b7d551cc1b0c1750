import type { Trouble } from '../db/month';
import { epochMs, type Instant } from '../domain/time';
import { sayTrouble, type Language } from '../domain/words';
import type { Deps } from './deps';
import { readiness } from './readiness';

/**
 * Payments come by file at least once a working day; without one for so long (a weekend and a day) reminders may go to people who have
 * paid. Source: a decision, docs/adr/0015.
 */
const PAYMENTS_STALE_MS = 72 * 60 * 60 * 1000;

/** What is wrong with the machine or with what the figures rest on, each in a sentence that says what to do. */
export async function unhealthy(
  deps: Deps,
  { lastPaymentAt, messagesWaiting, messagesUnknown, nudgesWaiting }: Trouble,
  { asOf, language }: Readonly<{ asOf: Instant; language: Language }>,
): Promise<{ what: string; text: string }[]> {
  const { checks } = await readiness(deps, false);
  const stale =
    lastPaymentAt !== null && epochMs(asOf) - epochMs(lastPaymentAt) > PAYMENTS_STALE_MS;
  const found: readonly (readonly [string, boolean, Readonly<Record<string, unknown>>])[] = [
    ...checks.map(({ name, ok }) => [name, !ok, {}] as const),
    ['payments', stale, { lastPaymentAt }],
    ['noPayments', lastPaymentAt === null, {}],
    ['messagesWaiting', messagesWaiting > 0, { count: messagesWaiting }],
    ['messagesUnknown', messagesUnknown > 0, { count: messagesUnknown }],
    ['nudges', nudgesWaiting > 0, { count: nudgesWaiting }],
  ];
  return found
    .filter(([, wrong]) => wrong)
    .map(([what, , params]) => ({ what, text: sayTrouble(language, what, params) }));
}
