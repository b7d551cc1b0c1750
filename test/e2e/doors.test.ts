import { setClock } from '../../db/clock';
import { startApi, type Caller, type TestApi } from '../support/api';
import { at, scenario, type Scenario } from '../support/scenario';
import { tarimWith, type Run } from '../support/cli';
import { startStation, type Station } from '../support/station';

/** The same orders by every door, in virtual time: what happens to the customer must be the same. Bills are of July 2026, due on the 20th. */
let world: Station;
let api: TestApi;
let supervisor: Caller;
let tarim: Run;
beforeAll(async () => {
  world = await startStation();
  api = await startApi({}, { url: world.databaseUrl });
  supervisor = await api.as('supervisor');
  await api.as('collector', { assignee: 'li' });
  tarim = tarimWith({ TARIM_API_URL: await api.listen(), TARIM_TOKEN: supervisor.token });
}, 120_000);
afterAll(async () => {
  await api.close();
  await world.close();
});

/** `over`: a bill instead of the customer. `task`: the kind of the task that the order is about. */
type Asked = Readonly<
  { do: string; over?: 'bill'; task?: string } & Record<string, string | number>
>;
type Door = (one: Scenario, asked: Asked) => Promise<void>;

const billOf = ({ customerNo }: Scenario): string => `B-${customerNo.slice(2)}-2026-07`;
const taskOf = (one: Scenario, { task = 'call' }: Asked): Promise<string> => one.taskOf(task);

const payloadOf = (asked: Asked) =>
  Object.fromEntries(
    Object.entries(asked).filter(([key]) => !['do', 'over', 'task'].includes(key)),
  );

type Address = (one: Scenario, asked: Asked) => Promise<string> | string;
const ROUTES: Readonly<Record<string, Address>> = {
  hold: () => '/holds',
  release: () => '/holds/release',
  escalate: ({ customerNo }) => `/customers/${customerNo}/escalations`,
  skip: ({ customerNo }) => `/customers/${customerNo}/skips`,
  promise: ({ customerNo }) => `/customers/${customerNo}/promises`,
  dispute: (one) => `/bills/${billOf(one)}/disputes`,
  resolveDispute: (one) => `/bills/${billOf(one)}/disputes/resolution`,
  finishTask: async (one, asked) => `/tasks/${await taskOf(one, asked)}/outcome`,
  assignTask: async (one, asked) => `/tasks/${await taskOf(one, asked)}/assignment`,
};
const byApi: Door = async (one, asked) => {
  const { do: what, over } = asked;
  const url = (await ROUTES[what]?.(one, asked)) ?? '';
  const why = what === 'finishTask' ? { note: 'test' } : { reason: 'test' };
  const whose =
    over === 'bill'
      ? { scope: 'bill', ref: billOf(one) }
      : { scope: 'customer', ref: one.customerNo };
  const body = { ...why, ...(url.startsWith('/holds') ? whose : {}), ...payloadOf(asked) };
  const answer = await supervisor.send('POST', url, body);
  expect([what, answer.statusCode, answer.body]).toEqual([what, 200, expect.anything()]);
};

const SIGNALS: Readonly<Record<string, string>> = {
  hold: 'pause',
  release: 'resume',
  escalate: 'escalate',
};
const bySignal: Door = async (one, asked) => {
  const { do: what, over } = asked;
  const payload: Record<string, unknown> = { actor: 'chen', ...payloadOf(asked) };
  if (SIGNALS[what] === undefined) payload['kind'] = what;
  if (over === 'bill' || what.toLowerCase().includes('dispute')) payload['billNo'] = billOf(one);
  if (what.endsWith('Task')) payload['taskId'] = await taskOf(one, asked);
  const handle = world.client.workflow.getHandle(one.workflowId());
  await handle.signal(SIGNALS[what] ?? 'changed', payload);
};

const COMMANDS: Readonly<Record<string, Address>> = {
  hold: (one, { over, from }) =>
    `${over === 'bill' ? `hold bill ${billOf(one)}` : `customer hold ${one.customerNo}`}${from === undefined ? '' : ` --from ${String(from).slice(0, 10)}`}`,
  release: (one, { over }) =>
    over === 'bill' ? `release bill ${billOf(one)}` : `customer release ${one.customerNo}`,
  escalate: ({ customerNo }, { toLevel, toStep }) =>
    `customer escalate ${customerNo} ${toLevel === undefined ? `--step ${toStep}` : `--level ${toLevel}`}`,
  skip: ({ customerNo }, { stepKey }) => `customer skip ${customerNo} ${stepKey}`,
  promise: ({ customerNo }, { promisedOn }) => `customer promise ${customerNo} ${promisedOn}`,
  dispute: (one) => `customer dispute ${billOf(one)}`,
  resolveDispute: (one, { resolution }) =>
    `customer dispute ${billOf(one)} --resolve ${resolution}`,
  finishTask: async (one, asked) =>
    `task done ${await taskOf(one, asked)} ${asked['outcome']}${asked['promisedOn'] === undefined ? '' : ` --promised-on ${asked['promisedOn']}`}`,
  assignTask: async (one, asked) => `task assign ${await taskOf(one, asked)} ${asked['assignee']}`,
};
const byCli: Door = async (one, asked) => {
  const command = (await COMMANDS[asked.do]?.(one, asked)) ?? '';
  const why = asked.do === 'finishTask' ? '--note test' : '--reason test';
  expect(await tarim(`${command} ${why}`)).toMatchObject({ code: 0, err: '' });
};

const doors: Readonly<Record<string, Door>> = { api: byApi, cli: byCli, signal: bySignal };

type Script = Readonly<{
  level?: 2 | 3;
  orders: readonly (readonly [day: string, Asked])[];
  until: string;
  calendar: readonly string[];
  /** Who had the call in the end, and what became of the device case; null: nobody, none. */
  caller?: string;
  device?: string;
}>;
const FIRST = ['2026-07-01 bill-notice: sms+email', '2026-07-17 pre-due-1: sms'];
const OVERDUE = '2026-07-21 overdue-1: sms+email';
const scripts: Readonly<Record<string, Script>> = {
  hold: {
    orders: [
      ['2026-07-22', { do: 'hold' }],
      ['2026-08-01', { do: 'release' }],
    ],
    until: '2026-08-07',
    calendar: [...FIRST, OVERDUE, '2026-08-06 overdue-2: sms+email'],
  },
  holdOfABill: {
    orders: [
      ['2026-07-22', { do: 'hold', over: 'bill' }],
      ['2026-08-01', { do: 'release', over: 'bill' }],
    ],
    until: '2026-08-07',
    calendar: [...FIRST, OVERDUE, '2026-08-06 overdue-2: sms+email'],
  },
  holdFromBefore: {
    orders: [
      ['2026-07-25', { do: 'hold', from: at('2026-07-23', 0) }],
      ['2026-08-01', { do: 'release' }],
    ],
    until: '2026-08-07',
    // Nine days and a half were lost, not seven.
    calendar: [...FIRST, OVERDUE, '2026-08-06 overdue-2: sms+email'],
  },
  device: {
    orders: [
      ['2026-07-21', { do: 'escalate', toLevel: 1 }],
      ['2026-07-22', { do: 'finishTask', task: 'deviceContact', outcome: 'done' }],
      ['2026-07-24', { do: 'finishTask', task: 'deviceVisit', outcome: 'refuses' }],
    ],
    until: '2026-07-25',
    calendar: [
      ...FIRST,
      // The case has a run and a clock of its own, which nobody moves here.
      '2026-07-21 device: deviceContact task, deviceVisit task',
      OVERDUE,
      '2026-07-22 call: call task',
      '2026-07-25 demand: letter task, sms+email, visit task',
    ],
    device: 'refused',
  },
  level: {
    orders: [['2026-07-21', { do: 'escalate', toLevel: 1 }]],
    until: '2026-07-24',
    calendar: [
      ...FIRST,
      '2026-07-21 device: deviceContact task',
      OVERDUE,
      '2026-07-22 call: call task',
    ],
  },
  skip: {
    orders: [['2026-07-18', { do: 'skip', stepKey: 'overdue-1' }]],
    until: '2026-07-28',
    calendar: [...FIRST, '2026-07-27 overdue-2: sms+email'],
  },
  step: {
    orders: [['2026-07-21', { do: 'escalate', toStep: 'review' }]],
    until: '2026-07-24',
    calendar: [
      ...FIRST,
      OVERDUE,
      '2026-07-22 demand: letter task, sms+email',
      '2026-07-23 review: review task',
    ],
  },
  quarrel: {
    orders: [
      ['2026-07-18', { do: 'dispute' }],
      ['2026-08-01', { do: 'resolveDispute', resolution: 'rejected' }],
    ],
    until: '2026-08-06',
    calendar: [...FIRST, '2026-08-04 overdue-1: sms+email'],
  },
  vow: {
    orders: [['2026-07-18', { do: 'promise', promisedOn: '2026-07-30' }]],
    until: '2026-08-03',
    calendar: [...FIRST, '2026-08-03 overdue-1: sms+email'],
  },
  errand: {
    level: 2,
    caller: 'li',
    orders: [
      ['2026-07-27', { do: 'assignTask', assignee: 'li' }],
      ['2026-07-28', { do: 'finishTask', outcome: 'promise', promisedOn: '2026-08-03' }],
    ],
    until: '2026-08-07',
    calendar: [
      '2026-07-01 bill-notice: sms+email',
      '2026-07-15 pre-due-1: sms',
      '2026-07-18 pre-due-2: sms',
      '2026-07-21 overdue-1: sms+email',
      '2026-07-24 overdue-2: sms+email',
      '2026-07-27 call: call task',
      '2026-08-06 demand: letter task, sms+email',
    ],
  },
};

async function opened(name: string, { level = 3 }: Script): Promise<Scenario> {
  const one = await scenario(world, name, level);
  await one.billed('2026-07', 100);
  await one.opens('2026-07');
  return one;
}

test('every order has the same effect by the API, by the command line and by a plain signal', async () => {
  const people = await Promise.all(
    Object.entries(scripts).flatMap(([name, script]) =>
      Object.entries(doors).map(async ([door, order]) => {
        return { name, door, order, script, one: await opened(`${name}-${door}`, script) };
      }),
    ),
  );
  const days = Object.values(scripts).flatMap(({ orders }) => orders.map(([day]) => day));
  for (const day of [...new Set(days)].sort()) {
    const due = people.flatMap((person) =>
      person.script.orders.filter(([on]) => on === day).map(([, asked]) => ({ ...person, asked })),
    );
    await Promise.all(due.map(({ one }) => one.until(day)));
    await setClock(world.db, at(day, 12), 'test');
    await Promise.all(due.map(({ one, order, asked }) => order(one, asked)));
  }
  await Promise.all(people.map(({ one, script }) => one.until(script.until)));
  const happened: Record<string, unknown> = {};
  const expected: Record<string, unknown> = {};
  for (const { name, door, one, script } of people) {
    const { calendar, caller, device } = script;
    happened[`${name} by ${door}`] = await outcomeOf(one, script);
    expected[`${name} by ${door}`] = { calendar, caller, device };
  }
  expect(happened).toEqual(expected);
});

async function outcomeOf(one: Scenario, { caller, device }: Script) {
  const { customerNo } = one;
  const call = await world.db.task.findFirst({ where: { customerNo, kind: 'call' } });
  const proposal = await world.db.deviceCase.findFirst({ where: { customerNo } });
  return {
    calendar: await one.calendar(),
    caller: caller && call?.assignee,
    device: device && proposal?.stage,
  };
}
