import type { z } from 'zod';
import { TaskDetail } from '../api/schema/tasks';
import { sayTask } from '../domain/words';
import type { Cli, Printed } from './cli';
import { openApi } from './client';
import { inUrl } from './order';
import { money, wallClock } from './screen';

type Detail = z.output<typeof TaskDetail>;

/** One task as its collector needs it: who and where, what is owed, what was said last, and what each outcome does. */
export async function show(cli: Cli, taskId: string, { json }: Printed): Promise<void> {
  const api = await openApi(cli);
  const found = await api.get(`/tasks/${inUrl(taskId)}`, { answer: TaskDetail });
  if (json === true) {
    cli.screen.json(found);
    return;
  }
  printWho(cli, found);
  await printOwed(cli, found);
  await printRecent(cli, found);
  if (found.outcome === null) await printEndings(cli, found);
}

function printWho({ t, lang, screen }: Cli, task: Detail): void {
  const { kind, whyText, dueAt, assignee, customerNo, name, station, customer } = task;
  screen.line(
    t('task.show.is', {
      kind: sayTask(lang, kind),
      why: whyText,
      dueAt: wallClock(dueAt),
      assignee,
    }),
  );
  screen.line(t('customer.is', { customerNo, name, station, category: customer.category }));
  const { phone, address } = customer;
  screen.line(t('task.show.reach', { phone: phone ?? '–', address: address ?? '–' }));
}

async function printOwed({ t, screen }: Cli, task: Detail): Promise<void> {
  const { owedFen, penaltyFen, lastPromise, bills } = task;
  screen.line(t('task.show.owes', { owed: money(owedFen), penalty: money(penaltyFen) }));
  if (lastPromise !== null) {
    const { promisedOn, kept } = lastPromise;
    const state = kept === null ? 'open' : kept ? 'kept' : 'broken';
    screen.line(t(`task.show.promise.${state}`, { promisedOn }));
  }
  if (bills.length === 0) return;
  screen.line('');
  await screen.table(
    [
      { head: t('head.bill') },
      { head: t('head.period') },
      { head: t('head.due') },
      { head: t('head.outstanding'), right: true },
    ],
    bills.map((bill) => [bill.billNo, bill.period, bill.dueOn, money(bill.outstandingFen)]),
  );
}

async function printRecent({ t, screen }: Cli, { recent }: Detail): Promise<void> {
  if (recent.length === 0) return;
  screen.line('');
  const heads = [{ head: t('head.when') }, { head: t('head.what'), grows: true }];
  await screen.table(
    heads,
    recent.map(({ at, text }) => [wallClock(at), text]),
  );
}

async function printEndings({ t, screen }: Cli, { endings }: Detail): Promise<void> {
  screen.line('');
  const heads = [
    { head: t('head.outcome') },
    { head: '' },
    { head: t('head.effect'), grows: true },
  ];
  await screen.table(
    heads,
    endings.map(({ outcome, label, effect }) => [outcome, label, effect]),
  );
}
