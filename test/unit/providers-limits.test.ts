import fc from 'fast-check';
import { guarded, type Limits } from '../../providers/limits';
import { rateLimit } from '../../providers/rate';
import type { Delivery, Outgoing } from '../../providers/sms';
import { handClock } from '../support/hand-clock';

const ACCEPTED: Delivery = { kind: 'accepted', providerId: 'p' };
const UNKNOWN: Delivery = { kind: 'unknown', cause: 'silence' };
const later = (cause: string, retryAfterMs: number | null): Delivery => ({
  kind: 'tryLater',
  cause,
  retryAfterMs,
});
const loose: Limits = {
  perSecond: 1_000_000,
  burst: 1_000,
  maxInFlight: 1_000,
  maxWaitMs: 0,
  breaker: { failures: 1_000, openMs: 1_000 },
};

/** A provider that begins when told and ends when told, under limits, on a clock held in hand. */
function someGuarded(limits: Partial<Limits>) {
  const clock = handClock();
  const begun: { id: string; atMs: number; end: (outcome: Delivery | Error) => void }[] = [];
  const provider = {
    send: ({ id }: Outgoing) =>
      new Promise<Delivery>((answer, fail) => {
        const end = (outcome: Delivery | Error) =>
          outcome instanceof Error ? fail(outcome) : answer(outcome);
        begun.push({ id, atMs: clock.now(), end });
      }),
  };
  const { send } = guarded(provider, { ...loose, ...limits }, clock);
  const answers: Record<string, Delivery | 'threw'> = {};
  const give = (...ids: string[]) => {
    for (const id of ids)
      void send({ id, to: '+8613800000001', text: id }).then(
        (outcome) => (answers[id] = outcome),
        () => (answers[id] = 'threw'),
      );
    return clock.pass(0);
  };
  const finish = (id: string, outcome: Delivery | Error) => {
    begun.find((attempt) => attempt.id === id)?.end(outcome);
    return clock.pass(0);
  };
  return { clock, begun, answers, give, finish };
}

describe('rate', () => {
  it('spaces attempts evenly, and sends back at once who would wait too long', async () => {
    const { clock, begun, answers, give } = someGuarded({
      perSecond: 10,
      burst: 1,
      maxWaitMs: 250,
    });
    await give('a', 'b', 'c', 'd', 'e');
    expect(answers).toEqual({ d: later('over the rate', 300), e: later('over the rate', 400) });
    await clock.pass(1_000);
    expect(begun.map(({ id, atMs }) => [id, atMs])).toEqual([
      ['a', 0],
      ['b', 100],
      ['c', 200],
    ]);
  });

  it('lets a burst through after a pause, and no more', async () => {
    const { begun, give } = someGuarded({ perSecond: 10, burst: 3, maxWaitMs: 0 });
    await give('a', 'b', 'c', 'd');
    expect(begun.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('never grants more than the burst and the rate allow, whoever asks when', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 10 }),
        fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 100 }),
        (perSecond, burst, pauses) => {
          let nowMs = 0;
          const clock = { now: () => nowMs, after: () => () => undefined };
          const reserve = rateLimit({ perSecond, burst, maxWaitMs: 500 }, clock);
          const starts = pauses.flatMap((pause) => {
            nowMs += pause;
            const slot = reserve();
            return slot.kind === 'granted' ? [nowMs + slot.waitMs] : [];
          });
          for (const [i, from] of starts.entries())
            for (const [j, to] of starts.entries())
              if (j > i)
                expect(j - i + 1).toBeLessThanOrEqual(
                  burst + ((to - from) * perSecond) / 1_000 + 1e-6,
                );
        },
      ),
    );
  });
});

describe('places', () => {
  it('holds no more than maxInFlight, takes turns, and sends back who waited long enough', async () => {
    const { clock, begun, answers, give, finish } = someGuarded({ maxInFlight: 2, maxWaitMs: 100 });
    await give('a', 'b', 'c', 'd');
    expect(begun.map(({ id }) => id)).toEqual(['a', 'b']);
    await finish('a', ACCEPTED);
    expect(begun.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    await clock.pass(100);
    expect(answers).toEqual({ a: ACCEPTED, d: later('all places taken', null) });
  });

  it('frees the place of an attempt that throws', async () => {
    const { begun, answers, give, finish } = someGuarded({ maxInFlight: 1, maxWaitMs: 100 });
    await give('a', 'b');
    await finish('a', new Error('bad credentials'));
    expect(answers).toEqual({ a: 'threw' });
    expect(begun.map(({ id }) => id)).toEqual(['a', 'b']);
  });
});

describe('breaker', () => {
  const breaker = { failures: 2, openMs: 1_000 };

  it('opens after so many failures in a row, for those who wait as well', async () => {
    const { answers, give, finish } = someGuarded({ breaker, maxInFlight: 1, maxWaitMs: 100 });
    await give('a', 'b', 'c');
    await finish('a', UNKNOWN);
    await finish('b', later('reset', null));
    expect(answers['c']).toEqual(later('breaker open', 1_000));
  });

  it('tells how long it stays open, then lets one through, and closes on success', async () => {
    const { clock, begun, answers, give, finish } = someGuarded({ breaker });
    await give('a', 'b');
    await finish('a', UNKNOWN);
    await finish('b', new Error('bad credentials'));
    await clock.pass(400);
    await give('c');
    expect(answers['c']).toEqual(later('breaker open', 600));

    await clock.pass(600);
    await give('d', 'e');
    expect(begun.map(({ id }) => id)).toEqual(['a', 'b', 'd']);
    expect(answers['e']).toEqual(later('breaker open', 1_000));
    await finish('d', ACCEPTED);
    await give('f', 'g');
    expect(begun.map(({ id }) => id)).toEqual(['a', 'b', 'd', 'f', 'g']);
  });

  it('opens anew when the one that it let through fails', async () => {
    const { clock, answers, give, finish } = someGuarded({ breaker });
    await give('a', 'b');
    await finish('a', UNKNOWN);
    await finish('b', UNKNOWN);
    await clock.pass(1_000);
    await give('c');
    await finish('c', UNKNOWN);
    await give('d');
    expect(answers['d']).toEqual(later('breaker open', 1_000));
  });

  it('counts only failures in a row: a dead number is the provider at work', async () => {
    const { begun, give, finish } = someGuarded({ breaker });
    for (const id of ['a', 'b', 'c', 'd']) {
      await give(id, `${id}2`);
      await finish(id, UNKNOWN);
      await finish(`${id}2`, { kind: 'undeliverable', reason: 'landline', code: '21614' });
    }
    expect(begun).toHaveLength(8);
  });
});
