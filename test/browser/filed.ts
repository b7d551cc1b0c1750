import { stationNow } from '../../db/clock';
import { openDeviceCase } from '../../db/devices';
import { plusMs } from '../../domain/time';
import ladder from '../../db/policies/tabei-v1.json';
import type { Caller } from '../support/api';
import type { ConsoleStack } from '../support/console';
import { scenario } from '../support/scenario';

/** What stands on file for the pages of the staff: a device case, an approval that waits, a draft that is being tried, an import with rejects. */
export type Filed = Readonly<{ device: string; imported: string }>;

const DAY_MS = 86_400_000;

/** Puts it there by the API, as people do. Gao asks for what a second person decides; the customer dou is often late. */
export async function fileForStaff(stack: ConsoleStack): Promise<Filed> {
  const gao = await stack.api.as('supervisor', { username: 'gao' });
  const device = await deviceCase(stack);
  await expectDone(
    gao.send(
      'POST',
      '/customers/C-dou/grade-overrides',
      { level: 2, until: '2090-01-01T00:00:00Z', reason: '三次失信' },
      { 'idempotency-key': 'asked-1' },
    ),
  );
  await expectDone(gao.send('POST', '/policies', { id: 'tabei-v2', ...sooner() }));
  await tried(stack, gao);
  return { device, imported: await importOf(gao) };
}

/** The default ladder with its second reminder a day later. */
function sooner() {
  const body = structuredClone(ladder.body);
  const step = body.ladders['3'].find(({ key }) => key === 'overdue-2');
  if (step !== undefined) step.day = 8;
  return { draft: { kind: 'ladder', effectiveFrom: '2090-01-01', body }, reason: '少打扰' };
}

/** The draft on a tenth of the customers; shu approves it. As if since that morning, before the month of wei opens (worked.ts). */
async function tried({ api }: ConsoleStack, gao: Caller): Promise<void> {
  const wanted = { challengerId: 'tabei-v2', sharePercent: 10, reason: '少打扰' };
  const why = { withoutReport: '先在小范围试' };
  const id = 'trying-1';
  await expectDone(
    gao.send('POST', '/experiments', { ...wanted, ...why }, { 'idempotency-key': id }),
  );
  const shu = await api.as('supervisor', { username: 'shu' });
  const decided = { decision: 'approve', reason: '可以' };
  await expectDone(shu.send('POST', `/approvals/${id}/decision`, decided));
  const begunAt = new Date('2026-07-21T16:00:00Z');
  await api.db.experiment.update({ where: { id }, data: { begunAt } });
}

async function deviceCase(stack: ConsoleStack): Promise<string> {
  const { db } = stack.station;
  const { customerNo } = await scenario(stack.station, 'dou', 1);
  const at = await stationNow(db);
  const offsetMs = Date.parse(at) - Date.now();
  const why = 'level 1, 4 late months of 12';
  await openDeviceCase(db, { customerNo, why, at, dueAt: plusMs(at, DAY_MS), offsetMs });
  return (await db.deviceCase.findFirstOrThrow({ where: { customerNo } })).id;
}

const CSV = 'text/csv';
/** Two bills that will do, one of nobody's and one of no day. */
export const BILLS = [
  'bill_no,customer_no,period,amount,issued_on,due_on',
  'N-1,C-dou,2026-07,88.00,2026-07-01,2026-07-20',
  'N-2,C-dou,2026-06,66.50,2026-06-01,2026-06-20',
  'N-3,C-nobody,2026-07,12.00,2026-07-01,2026-07-20',
  'N-4,C-dou,2026-05,12.00,2026-02-30,2026-05-20',
  '',
].join('\n');

async function importOf(gao: Caller): Promise<string> {
  const answer = await gao.send('POST', '/imports?kind=bills&name=bills-07.csv', BILLS, {
    'content-type': CSV,
  });
  const { id } = answer.json<{ id: string }>();
  for (let tries = 0; tries < 100; tries += 1) {
    const { state } = (await gao.get(`/imports/${id}`)).json<{ state: string }>();
    if (state === 'done') return id;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the import was not done in 10 s');
}

async function expectDone(answer: ReturnType<Caller['send']>): Promise<void> {
  const { statusCode, body } = await answer;
  if (statusCode >= 300) throw new Error(`${statusCode} ${body}`);
}
