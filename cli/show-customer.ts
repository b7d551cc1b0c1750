import type { Config } from '../config';
import { stationNow } from '../db/clock';
import { viewCustomer, type CustomerView } from '../db/customer-view';
import { openRuleBook } from '../db/rules';
import { toFen, yuanForPeople } from '../domain/fen';
import { forecast } from '../domain/forecast';
import type { Plan } from '../domain/plan';
import { levelLabel, type Level } from '../domain/policy';
import { Exit, EXIT } from './exit';
import { print, printJson, printTable, wallClock } from './output';
import { withSession } from './session';

const fen = (amount: number): string => `¥${yuanForPeople(toFen(amount))}`;

export async function showCustomer(
  config: Config,
  customerNo: string,
  { json }: { json?: boolean },
): Promise<void> {
  const { view } = await load(config, customerNo);
  if (json === true) {
    printJson(view);
    return;
  }
  const { customer, facts } = view.account;
  print(
    `${customer.customerNo} ${customer.name}, station ${customer.station}, ${customer.category}`,
  );
  print(
    `Level ${levelLabel[facts.level]}. Owed ${fen(view.owedFen)}, penalty so far ${fen(view.penaltyFen)}.`,
  );
  print(
    view.openCycle === null
      ? 'No month is open.'
      : `Month ${view.openCycle} is open. Next: ${view.plan === null ? '–' : describe(view.plan)}`,
  );
  printTable(
    ['bill', 'period', 'due', 'outstanding', 'ladder'],
    view.bills.map((bill) => [
      bill.billNo,
      bill.period,
      bill.dueOn,
      fen(bill.outstandingFen),
      levelLabel[bill.level as Level],
    ]),
  );
  printTable(
    ['when', 'what', ''],
    view.timeline.map(({ at, what, detail }) => [wallClock(at), what, detail]),
  );
}

export async function showNext(
  config: Config,
  customerNo: string,
  { json }: { json?: boolean },
): Promise<void> {
  const { steps } = await load(config, customerNo);
  if (json === true) printJson(steps);
  else if (steps.length === 0) print('Nothing: no month is open.');
  else
    printTable(
      ['when', 'step'],
      steps.map((plan) => [
        plan.at === null ? 'when something changes' : wallClock(plan.at),
        sentence(plan),
      ]),
    );
}

async function load(
  config: Config,
  customerNo: string,
): Promise<{ view: CustomerView; steps: readonly Plan[] }> {
  return withSession(config, async ({ db }) => {
    const book = openRuleBook(db);
    const asOf = await stationNow(db);
    const view = await viewCustomer(db, book, customerNo, asOf);
    if (view === null) throw new Exit(EXIT.refused, `There is no customer ${customerNo}.`);
    const { policyId, facts } = view.account;
    const steps =
      policyId === null || view.openCycle === null
        ? []
        : forecast(facts, await book.rules(policyId), asOf);
    return { view, steps };
  });
}

/** A plan in a sentence, with its instant. */
const describe = (plan: Plan): string =>
  plan.at === null || plan.do === 'close'
    ? sentence(plan)
    : `${sentence(plan)}, ${wallClock(plan.at)}`;

function sentence(plan: Plan): string {
  if (plan.do === 'contact') return describeContact(plan);
  if (plan.do === 'close') return `the month ends: ${plan.outcome}`;
  if (plan.do === 'wait')
    return plan.why === 'held' ? 'waits: held' : 'waits for a person or the next month';
  return OTHER[plan.do];
}

const OTHER = {
  raiseLevel: 'the level rises',
  proposeDevice: 'the prepaid device is proposed',
  deliver: 'a message is tried again',
  escalateTask: 'a stalled task goes to the supervisor',
  settlePromise: 'a promise is found kept or broken',
} as const;

function describeContact({
  stepKey,
  channels,
  tasks,
  billNos,
  because,
}: Extract<Plan, { do: 'contact' }>): string {
  const by = [...channels, ...tasks.map((task) => `${task} task`)].join(', ');
  const why = because.length === 0 ? '' : ` (put off: ${because.join(', ')})`;
  return `${stepKey} by ${by} for ${billNos.join(', ')}${why}`;
}
