import type { ConsoleStack } from '../support/console';
import { scenario } from '../support/scenario';

/** What there is to do for the pages of the tasks, by hand and by itself. */
export type Work = Readonly<{ call: string; letter: string }>;

/** The month of wei, gravest level, opens on the 22nd and gives out a call by itself; a late call is left from before, and a letter to serve on han. */
export async function giveWork(stack: ConsoleStack): Promise<Work> {
  const { db } = stack.station;
  const wei = await scenario(stack.station, 'wei', 1);
  const { customerNo } = wei;
  await db.customer.update({ where: { customerNo }, data: { address: '塔北路 7 号' } });
  await wei.billed('2026-07', 480, { issued: '2026-07-15', due: '2026-07-30' });
  await wei.opens('2026-07', '2026-07-22', 10);
  const call = await wei.taskOf('call');
  const given = { customerNo, station: 'S-wei', assignee: 'collector:S-wei', period: '2026-07' };
  const openedAt = new Date('2026-07-20T02:00:00Z');
  const late = { stepKey: 'call-2', kind: 'call', why: 'callTask' };
  await db.task.create({
    data: { ...given, ...late, openedAt, dueAt: new Date('2026-07-21T08:00:00Z') },
  });
  const served = {
    ...{ customerNo: 'C-han', station: 'S-han', assignee: 'collector:S-han', period: '2026-07' },
    ...{ stepKey: 'by-hand', kind: 'letter', why: 'demand' },
  };
  const { id } = await db.task.create({
    data: { ...served, openedAt, dueAt: new Date('2026-07-24T08:00:00Z') },
  });
  return { call, letter: id };
}
