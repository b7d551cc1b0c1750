import { recordPayment } from '../../db/payments';
import { toFen } from '../../domain/fen';
import { cycleId } from '../../domain/run-ids';
import { instantAt, toDate, toPeriod, type Instant } from '../../domain/time';
import type { Order } from '../../db/commands';
import type { Station } from './station';
import { forwardTo } from '../../simulation/rehearsal/time-skipping';

type Given = Readonly<{
  category?: string;
  phone?: string | null;
  email?: string | null;
  language?: string;
}>;

/**
 * One customer's month as a calendar: the day, and what happened. Each customer has a station of its own, so that its campaign opens
 * nobody else's month. All instants are the station's clock; hours are Shanghai's.
 */
export async function scenario(world: Station, name: string, level: 1 | 2 | 3, given: Given = {}) {
  const { db } = world;
  const customerNo = `C-${name}`;
  const row = {
    name: `客户 ${name}`,
    category: 'commercial',
    phone: phoneOf(name),
    email: `${name}@example.test`,
    language: 'zh-CN',
    ...given,
  };
  await db.customer.create({ data: { customerNo, station: `S-${name}`, ...row } });
  // As graded by an earlier campaign: a customer without history keeps it.
  await db.grade.create({
    data: {
      customerNo,
      asOf: new Date('2000-01-01'),
      level,
      score: 0,
      reasons: [],
      source: 'graded',
      policyId: 'tabei-grade-v1',
    },
  });
  let paid = 0;
  let workflowId = '';
  let offsetMs = 0;

  /** Time skips only what the run waits for: a signal on its way has to arrive first. */
  const untilNudged = async (): Promise<void> => {
    const execution = { workflowId };
    for (;;) {
      const waiting = await db.nudge.count({ where: { workflowId } });
      const { pendingWorkflowTask } =
        await world.connection.workflowService.describeWorkflowExecution({
          namespace: world.namespace,
          execution,
        });
      if (waiting === 0 && (pendingWorkflowTask ?? null) === null) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  return {
    customerNo,
    phone: row.phone ?? '',
    /** A bill of so many yuan; its number is its period. */
    async billed(
      period: string,
      amountYuan: number,
      { issued = `${period}-01`, due = `${period}-20` } = {},
    ): Promise<string> {
      const billNo = `B-${name}-${period}`;
      await db.bill.create({
        data: {
          billNo,
          customerNo,
          period,
          amountFen: BigInt(Math.round(amountYuan * 100)),
          issuedOn: new Date(issued),
          dueOn: new Date(due),
        },
      });
      return billNo;
    },
    /** Opens the month at an hour of a day, 10:00 when not said. */
    async opens(
      period: string,
      day = `${period}-01`,
      hour = 10,
    ): Promise<{ seen: number; opened: number }> {
      const asOf = at(day, hour);
      offsetMs = Date.parse(asOf) - Date.now();
      workflowId = cycleId(customerNo, toPeriod(period));
      return world.openCampaign(`S-${name}`, toPeriod(period), asOf);
    },
    /** Lets time pass until an hour of a day. */
    async until(day: string, hour = 12): Promise<Instant> {
      const then = at(day, hour);
      await untilNudged();
      await forwardTo(world.connection, world.namespace, workflowId, Date.parse(then) - offsetMs);
      return then;
    },
    async pays(amountYuan: number, receivedAt: Instant): Promise<void> {
      paid += 1;
      await recordPayment(db, {
        paymentRef: `P-${name}-${paid}`,
        customerNo,
        amountFen: toFen(Math.round(amountYuan * 100)),
        receivedAt,
        channel: 'counter',
      });
    },
    /** Waits, in real time, until the month has ended. */
    async ends(): Promise<string> {
      return (await world.client.workflow.getHandle(workflowId).result()) as string;
    },
    /** The open task of a kind, once the workflow has given it out. */
    async taskOf(kind: string): Promise<string> {
      for (let tries = 0; tries < 100; tries += 1) {
        const task = await db.task.findFirst({ where: { customerNo, kind, outcome: null } });
        if (task !== null) return task.id;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(`${customerNo} was given no ${kind} task in 10 s`);
    },
    order: (id: string, when: Instant): Order => ({
      id: `${name}-${id}`,
      actor: 'chen',
      reason: 'test',
      at: when,
      door: 'cli',
    }),
    workflowId: () => workflowId,
    /** What was done, as `day step: channels and tasks`, in order. */
    calendar: () => calendarOf(world, customerNo),
  };
}

export type Scenario = Awaited<ReturnType<typeof scenario>>;

export const at = (day: string, hour: number): Instant => instantAt(toDate(day), hour * 60);

/** A mobile number of its own for each name, in a block that no operator has given out. */
const phoneOf = (name: string): string =>
  `+86139${String(Buffer.from(name).reduce((hash, byte) => (hash * 31 + byte) % 100_000_000, 7)).padStart(8, '0')}`;

async function calendarOf({ db }: Station, customerNo: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ line: string }[]>`
    with happened as (
      select (m.sending_at at time zone 'Asia/Shanghai')::date as day, m.step_key as step, string_agg(m.channel || case m.status when 'accepted' then '' else ' ' || m.status end, '+' order by m.channel desc) as how
        from message m where m.customer_no = ${customerNo} group by 1, 2
      union all
      select (t.opened_at at time zone 'Asia/Shanghai')::date, split_part(t.step_key, '/', 1), t.kind || ' task'
        from task t where t.customer_no = ${customerNo}
      union all
      select (s.at at time zone 'Asia/Shanghai')::date, s.step_key, 'level' from step s where s.customer_no = ${customerNo} and s.kind = 'levelRise'
      union all
      select (c.closed_at at time zone 'Asia/Shanghai')::date, 'end', c.outcome from cycle c where c.customer_no = ${customerNo} and c.outcome is not null)
    select day || ' ' || step || ': ' || string_agg(how, ', ' order by how) as line from happened group by day, step order by day, step`;
  return rows.map(({ line }) => line);
}
