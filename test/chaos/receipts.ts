import { setTimeout as sleep } from 'node:timers/promises';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { seeded } from '../support/seeded';
import { PUBLIC_URL, type Stack } from './stack';

/**
 * What was told of the texts that were taken, and each word that the book does not bear out. Of those told: how many came over a second after
 * their text, as a repeat, or after a later word.
 */
export type Receipts = Readonly<{
  told: number;
  late: number;
  twice: number;
  disordered: number;
  lost: number;
  broken: readonly string[];
}>;

/** Of a hundred texts so many do not arrive, because the number is a landline's. */
const LANDLINES_PERCENT = 3;
const LATEST_MS = 4_000;
const LATE_MS = 1_000;
const LOOK_MS = 200;
type Word = 'queued' | 'sent' | 'delivered' | 'undelivered';
const RANK: Readonly<Record<Word, number>> = { queued: 0, sent: 1, delivered: 2, undelivered: 2 };

/**
 * Reports on every text that the fake took, as Twilio does: signed, from the address that the text named, up to seconds late, some twice, and
 * in any order. Like Twilio's, a report that nobody takes is not repeated. `finish` waits for all and holds the book against what was taken. A
 * run that fails before tells by `over`: its texts are watched no more.
 */
export function startReceipts({ twilio, api, db }: Stack, seed: number, over: AbortSignal) {
  const random = seeded(seed + 2);
  const taken = new Map<string, Word>();
  const reports: Promise<void>[] = [];
  let finished = false;
  const came = { told: 0, late: 0, twice: 0, disordered: 0, lost: 0 };
  const heard = new Set<string>();
  /** A report whose answer did not come may have been taken all the same. */
  const spoken = new Map<string, Set<string>>();

  const report = async (
    { sid, to }: { sid: string; to: string },
    word: Word,
    afterMs: number,
  ): Promise<void> => {
    await sleep(afterMs);
    const fields: Record<string, string> = {
      ...{ MessageSid: sid, MessageStatus: word },
      ...(word === 'undelivered' ? { ErrorCode: '30006' } : {}),
    };
    spoken.set(sid, (spoken.get(sid) ?? new Set()).add(word));
    const answer = await fetch(to.replace(PUBLIC_URL, api.url), {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': getExpectedTwilioSignature(twilio.authToken, to, fields),
      },
      body: new URLSearchParams(fields).toString(),
      signal: AbortSignal.timeout(10_000),
    }).catch(() => null);
    if (answer?.ok !== true) {
      came.lost += 1;
      return;
    }
    const before = taken.get(sid);
    came.told += 1;
    if (afterMs > LATE_MS) came.late += 1;
    if (heard.has(`${sid} ${word}`)) came.twice += 1;
    else if (before !== undefined && RANK[word] < RANK[before]) came.disordered += 1;
    heard.add(`${sid} ${word}`);
    if (before === undefined || RANK[word] > RANK[before]) taken.set(sid, word);
  };

  const reportOn = (sid: string, to: string): void => {
    const last: Word = random() * 100 < LANDLINES_PERCENT ? 'undelivered' : 'delivered';
    const words: Word[] = ['queued', 'sent', last, ...(random() < 0.3 ? [last] : [])];
    for (const word of words) reports.push(report({ sid, to }, word, random() * LATEST_MS));
  };

  const watch = async (): Promise<void> => {
    for (let seen = 0; ;) {
      for (const { sid, statusCallback } of twilio.taken.slice(seen)) {
        seen += 1;
        if (statusCallback !== undefined) reportOn(sid, statusCallback);
      }
      if (finished || over.aborted) return;
      await sleep(LOOK_MS);
    }
  };
  const watching = watch();

  return {
    /** Waits for every report of the texts taken until now. */
    async settle(): Promise<void> {
      await sleep(2 * LOOK_MS);
      await Promise.all(reports);
    },
    async finish(): Promise<Receipts> {
      finished = true;
      await watching;
      await Promise.all(reports);
      const rows = await db.$queryRaw<{ sid: string; receipt: string | null; status: string }[]>`
        select provider_id as sid, receipt, status from message where channel = 'sms' and provider_id is not null`;
      const kept = new Map(rows.map((row) => [row.sid, row]));
      const broken = [...taken].flatMap(([sid, word]) => {
        const row = kept.get(sid);
        const known = row?.receipt as Word | null | undefined;
        const isTrue = known && RANK[known] >= RANK[word] && spoken.get(sid)?.has(known) === true;
        return isTrue && row?.status === 'accepted'
          ? []
          : [`${sid} was ${word} and is ${row?.receipt ?? 'none'}, ${row?.status ?? 'no message'}`];
      });
      return { ...came, broken };
    },
  };
}
