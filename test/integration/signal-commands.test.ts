import { openRuleBook } from '../../db/rules';
import { applySignalCommand } from '../../db/signal-commands';
import { on } from '../support/facts';
import { openMonth, openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  await world.reset();
  await openMonth(world.db, 'wang');
});
afterAll(() => world.close());

/** As a run hands on what came to it by a signal that nobody wrote to the database first. */
const signalled = (
  signal: 'pause' | 'changed',
  command: Readonly<Record<string, unknown>>,
  customerNo = 'wang',
) =>
  applySignalCommand(
    world.db,
    openRuleBook(world.db),
    { customerNo, asOf: on(0) },
    { signal, command, fallbackId: 'signal-1' },
  );
const aTask = async (): Promise<string> => {
  const task = { customerNo: 'wang', station: 'TB01', stepKey: 'call', kind: 'call', why: 'call' };
  const times = { openedAt: on(-1), dueAt: on(3) };
  const { id } = await world.db.task.create({
    data: { ...task, ...times, assignee: 'collector:TB01' },
  });
  return id;
};

test("a task is given to somebody else by signal; another customer's and nobody's name are refused", async () => {
  const taskId = await aTask();
  const give = { kind: 'assignTask', taskId, assignee: 'supervisor:TB01' };
  expect(await signalled('changed', { ...give, id: 'a' }, 'liu')).toMatchObject({
    because: `Task ${taskId} is not this customer's.`,
  });
  expect(await signalled('changed', { ...give, id: 'b', assignee: 'ghost' })).toMatchObject({
    because: 'Nobody of station TB01 goes by the name ghost.',
  });
  expect(await signalled('changed', { ...give, id: 'c' })).toEqual({ kind: 'applied' });
  expect(await signalled('changed', { ...give, id: 'c' })).toEqual({ kind: 'repeated' });
  expect(await world.db.task.findUnique({ where: { id: taskId } })).toMatchObject({
    assignee: 'supervisor:TB01',
  });
});

test.each([
  ['from an instant that it names', { from: on(-2) }, on(-2)],
  ['from now on when it names none', {}, on(0)],
  ['from now on when it names none that can be read', { from: 'last week' }, on(0)],
] as const)('a pause by signal holds %s', async (_, more, from) => {
  expect(await signalled('pause', more)).toEqual({ kind: 'applied' });
  const { fromAt } = await world.db.hold.findFirstOrThrow();
  expect(fromAt.toISOString()).toBe(new Date(from).toISOString());
});

test('a payload of characters that no database keeps is an order like another, and never fails the run', async () => {
  const hostile = '\u0000a\u0000b\ud800';
  const payload = {
    id: hostile,
    actor: hostile,
    reason: hostile,
    until: '9999-12-31T23:59:59-12:00',
  };
  expect(await signalled('pause', payload)).toEqual({ kind: 'applied' });
  expect(await world.db.hold.findFirstOrThrow()).toMatchObject({
    ...{ id: 'a b', placedBy: 'a b', reason: 'a b', untilAt: null },
  });
});
