import { changedBuild, type Build } from '../support/changed-build';
import { scenario, type Scenario } from '../support/scenario';
import { startStation, type Station } from '../support/station';
import { until } from '../support/until';

/** The worker is replaced by another build in the middle of a month. Bills are of July 2026, due on the 20th. */
let world: Station;
let guarded: Build;
let unguarded: Build;
beforeAll(async () => {
  world = await startStation();
  const turn = '    plan = woken ?';
  const look = '    await look({ ...turn, commands: [] });\n';
  const imports = [
    "} from '@temporalio/workflow';",
    "  patched,\n} from '@temporalio/workflow';",
  ] as const;
  guarded = changedBuild('collect-month.ts', [
    [turn, `    if (patched('looks-first'))\n  ${look}${turn}`],
    imports,
  ]);
  unguarded = changedBuild('collect-month.ts', [[turn, `${look}${turn}`], imports]);
}, 120_000);
afterAll(async () => {
  await world.close({ recorded: false });
  guarded.remove();
  unguarded.remove();
});

const MONTH = [
  '2026-07-01 bill-notice: sms+email',
  '2026-07-17 pre-due-1: sms',
  '2026-07-21 overdue-1: sms+email',
  '2026-07-27 overdue-2: sms+email',
];

async function opened(name: string): Promise<Scenario> {
  const one = await scenario(world, name, 3);
  await one.billed('2026-07', 100);
  await one.opens('2026-07');
  return one;
}

const eventsOf = async (one: Scenario) =>
  (await world.client.workflow.getHandle(one.workflowId()).fetchHistory()).events ?? [];
const timesTaken = (one: Scenario): number =>
  world.twilio.taken.filter(({ to }) => to === one.phone).length;

test('a changed workflow behind patched() takes over in the middle of a month, and the month goes on', async () => {
  const old = await opened('guarded');
  await old.until('2026-07-18');
  await world.startAgain(guarded.program);
  const young = await opened('young');
  await Promise.all([old.until('2026-07-22'), young.until('2026-07-22')]);
  // A worker that knows nothing replays both branches.
  await world.startAgain(guarded.program);
  await Promise.all([old.until('2026-07-28'), young.until('2026-07-28')]);
  expect(await old.calendar()).toEqual(MONTH);
  expect(await young.calendar()).toEqual(MONTH);
  for (const one of [old, young]) {
    const patches = (await eventsOf(one)).filter(
      ({ markerRecordedEventAttributes: marker }) => marker?.markerName === 'core_patch',
    );
    expect(patches).toHaveLength(1);
    expect(timesTaken(one)).toBe(4);
  }
  await world.startAgain();
});

test('a changed workflow that is not guarded stalls the month and sends nothing; with the old build it goes on', async () => {
  const one = await opened('unguarded');
  await one.until('2026-07-18');
  await world.startAgain(unguarded.program);
  const passing = one.until('2026-07-28');
  await until('its task fails', async () =>
    (await eventsOf(one)).some(({ workflowTaskFailedEventAttributes: failed }) =>
      /nondeterminism|TMPRL1100/i.test(failed?.failure?.message ?? ''),
    ),
  );
  expect(await one.calendar()).toEqual(MONTH.slice(0, 2));
  expect(timesTaken(one)).toBe(2);
  const handle = world.client.workflow.getHandle(one.workflowId());
  expect((await handle.describe()).status.name).toBe('RUNNING');

  await world.startAgain();
  await passing;
  expect(await one.calendar()).toEqual(MONTH);
  expect(timesTaken(one)).toBe(4);
});
