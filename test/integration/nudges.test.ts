import { relayNudges, writeNudges, type Nudge } from '../../db/nudges';
import { empty, openMonth, openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => world.db.$executeRaw`truncate nudge restart identity`);

const numbered = (count: number): Nudge[] =>
  Array.from({ length: count }, (_, n) => ({
    workflowId: `cycle/${n}/2026-02`,
    signal: 'changed',
    body: { n },
  }));
const makeDue = () =>
  world.db.$executeRaw`update nudge set not_before = clock_timestamp() - interval '1 second'`;

/** Keeps what it sends. */
function postbox(answer: 'sent' | 'gone' = 'sent') {
  const sent: Nudge[] = [];
  const send = (nudge: Nudge): Promise<'sent' | 'gone'> => {
    sent.push(nudge);
    return Promise.resolve(answer);
  };
  return { sent, send, numbers: () => sent.map(({ body }) => body['n']) };
}
const failing = (why: string) => () => Promise.reject(new Error(why));

test('what is due is sent oldest first, whole, and forgotten', async () => {
  await writeNudges(world.db, numbered(40));
  await makeDue();
  // A row that was tried before lies at the end of the table.
  await world.db.$executeRaw`update nudge set attempts = 1 where id <= 5`;
  const { sent, send, numbers } = postbox();
  expect(await relayNudges(world.db, send)).toEqual({ sent: 40, failed: 0 });
  expect(sent[0]).toMatchObject({ workflowId: 'cycle/0/2026-02', signal: 'changed' });
  expect(numbers()).toEqual(Array.from({ length: 40 }, (_, n) => n));
  expect(await world.db.nudge.count()).toBe(0);
});

test('a long queue goes in parts, the oldest part first', async () => {
  await writeNudges(world.db, numbered(250));
  const first = postbox();
  expect(await relayNudges(world.db, first.send)).toEqual({ sent: 200, failed: 0 });
  expect(Math.max(...first.numbers().map(Number))).toBe(199);
  expect(await relayNudges(world.db, postbox().send)).toEqual({ sent: 50, failed: 0 });
});

test('a payment does not wait behind the proposals of a bill day', async () => {
  const proposals = Array.from({ length: 300 }, (_, n) => ({
    ...{ workflowId: `device/${n}`, signal: 'changed' as const, body: { n } },
  }));
  await writeNudges(world.db, [...proposals, ...numbered(3)]);
  const { sent, send } = postbox();
  expect(await relayNudges(world.db, send)).toEqual({ sent: 23, failed: 0 });
  const months = sent.filter(({ workflowId }) => workflowId.startsWith('cycle/'));
  expect(months).toHaveLength(3);
});

test('a nudge for a run that is gone is done', async () => {
  await writeNudges(world.db, numbered(1));
  expect(await relayNudges(world.db, postbox('gone').send)).toEqual({ sent: 1, failed: 0 });
  expect(await world.db.nudge.count()).toBe(0);
});

test('a nudge that comes between the opening of a month and the start of its run waits for the run', async () => {
  await world.reset();
  await openMonth(world.db, 'wang');
  const early = { workflowId: 'cycle/wang/2026-02', signal: 'escalate', body: {} } as const;
  const ended = { ...early, workflowId: 'cycle/wang/2026-01' };
  await writeNudges(world.db, [early, ended]);
  expect(await relayNudges(world.db, postbox('gone').send)).toEqual({ sent: 1, failed: 1 });
  expect(await world.db.nudge.findMany({ select: { workflowId: true } })).toEqual([
    { workflowId: 'cycle/wang/2026-02' },
  ]);
  await makeDue();
  expect(await relayNudges(world.db, postbox().send)).toEqual({ sent: 1, failed: 0 });
  await empty(world.db);
});

test('what failed is kept with its error, and the rest is sent', async () => {
  await writeNudges(world.db, numbered(3));
  const { send, numbers } = postbox();
  const result = await relayNudges(world.db, (nudge) =>
    nudge.body['n'] === 1 ? failing('no frontend')() : send(nudge),
  );
  expect(result).toEqual({ sent: 2, failed: 1 });
  expect(numbers()).toEqual([0, 2]);
  expect(await world.db.nudge.findMany()).toMatchObject([
    { workflowId: 'cycle/1/2026-02', attempts: 1, lastError: 'no frontend' },
  ]);
});

test('what failed waits 1 s, 5 s, 30 s and then 30 s for ever', async () => {
  await writeNudges(world.db, numbered(1));
  const waits: number[] = [];
  for (let tries = 0; tries < 6; tries += 1) {
    await makeDue();
    const before = Date.now();
    expect(await relayNudges(world.db, failing('down'))).toEqual({ sent: 0, failed: 1 });
    const { notBefore, lastError } = await world.db.nudge.findFirstOrThrow();
    expect(lastError).toBe('down');
    const after = Date.now();
    const candidates = [1, 5, 30].filter(
      (s) =>
        notBefore.getTime() >= before + s * 1_000 - 5 && notBefore.getTime() <= after + s * 1e3,
    );
    waits.push(...candidates);
  }
  expect(waits).toEqual([1, 5, 30, 30, 30, 30]);
});

test('a nudge that is not due yet waits', async () => {
  await writeNudges(world.db, numbered(2));
  await world.db
    .$executeRaw`update nudge set not_before = clock_timestamp() + interval '1 minute' where id = 1`;
  const { send, numbers } = postbox();
  expect(await relayNudges(world.db, send)).toEqual({ sent: 1, failed: 0 });
  expect(numbers()).toEqual([1]);
  await makeDue();
  await relayNudges(world.db, send);
  expect(numbers()).toEqual([1, 0]);
});

test('relays side by side send each nudge once', async () => {
  await writeNudges(world.db, numbered(500));
  const { send, numbers } = postbox();
  const results = await Promise.all([1, 2, 3, 4].map(() => relayNudges(world.db, send)));
  expect(results.reduce((sum, { sent }) => sum + sent, 0)).toBe(500);
  expect(new Set(numbers()).size).toBe(500);
  expect(numbers().length).toBe(500);
});

test('a nudge being sent is nobody else’s for a while, but is not lost with the relay', async () => {
  await writeNudges(world.db, numbered(1));
  const second = postbox();
  await relayNudges(world.db, async () => {
    expect(await relayNudges(world.db, second.send)).toEqual({ sent: 0, failed: 0 });
    // The 30 seconds after which a relay is taken for dead.
    await makeDue();
    expect(await relayNudges(world.db, second.send)).toEqual({ sent: 1, failed: 0 });
    return 'sent';
  });
  expect(second.numbers()).toEqual([0]);
});

test('nothing to send is nothing', async () => {
  expect(await relayNudges(world.db, postbox().send)).toEqual({ sent: 0, failed: 0 });
});
