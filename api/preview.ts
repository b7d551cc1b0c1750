import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { render } from '../activities/render';
import { wordingOf } from '../activities/wording';
import { stationNow } from '../db/clock';
import { openCycleOf } from '../db/cycles';
import { loadAccounts, type Account } from '../db/facts';
import { letterKind } from '../domain/letter';
import type { LadderStep, Level } from '../domain/policy';
import type { LadderBody } from '../domain/policy-check';
import { smsParts } from '../domain/sms-text';
import { dateOf, periodOf, type Instant } from '../domain/time';
import { ownCustomer } from './access';
import type { Deps } from './deps';
import { known } from './policies';
import { notFound, ProblemError } from './problem';
import { route } from './route';
import { CustomerNo, StepKey } from './schema/common';
import { Channel, MessagePreview, PolicyId } from './schema/policies';

/** What a step's message would say to a customer as of now, written by the very functions that write what is sent. Sends and keeps nothing. */
export function registerPreview(app: FastifyInstance, { db, book }: Deps): void {
  route(
    app,
    'GET',
    '/policies/:id/preview',
    {
      permission: 'message.read',
      tag: 'policies',
      summary: "A step's message with a customer's data; sends nothing",
      params: z.strictObject({ id: PolicyId }),
      query: z.strictObject({ customerNo: CustomerNo, stepKey: StepKey, channel: Channel }),
      response: { 200: MessagePreview },
    },
    async ({ params: { id }, query: { customerNo, stepKey, channel }, principal }) => {
      await ownCustomer(db, principal, customerNo);
      const policy = await known(db, id);
      if (policy.kind !== 'ladder')
        throw new ProblemError('refused', `Policy ${id} grades; it has no messages.`);
      const asOf = await stationNow(db);
      const account = await accountOf(db, customerNo, asOf);
      const body = policy.body as LadderBody;
      const { kind } = messageStep(body, stepKey, { id, level: account.facts.level });
      const rules = { policy: { ...body, id } };
      const { ask, values, kind: key } = wordingOf(account, rules, { stepKey, kind }, asOf);
      if (ask.bills.length === 0)
        throw new ProblemError(
          'refused',
          `Customer ${customerNo} owes nothing that may be asked for now, so there is no such message.`,
        );
      const { customer, facts } = account;
      const { language } = customer;
      const { version, ...text } = await render(book, { key, channel, language }, values);
      return {
        ...text,
        kind: key,
        channel,
        language,
        templateVersion: version,
        address: channel === 'sms' ? customer.phone : customer.email,
        reachable: facts.reachable.includes(channel),
        sms: channel === 'sms' ? smsParts(text.body) : null,
        owedFen: ask.owedFen,
        penaltyFen: ask.penaltyFen,
      };
    },
  );
}

async function accountOf(db: Deps['db'], customerNo: string, asOf: Instant): Promise<Account> {
  const period = (await openCycleOf(db, customerNo)) ?? periodOf(dateOf(asOf));
  const [account] = await loadAccounts(db, [customerNo], period, asOf);
  if (account === undefined) throw notFound(`customer ${customerNo}`);
  return account;
}

/** The step on the customer's own ladder, or else on another. @throws ProblemError 404 for none, 409 for one that sends no message. */
function messageStep(
  { ladders }: LadderBody,
  stepKey: string,
  { id, level }: Readonly<{ id: string; level: Level }>,
): LadderStep {
  const all = [level, 1, 2, 3].flatMap((one) => ladders[one as Level]);
  const step = all.find(({ key }) => key === stepKey);
  if (step === undefined) throw notFound(`step ${stepKey} in policy ${id}`);
  if (letterKind(step.kind) === null)
    throw new ProblemError('refused', `The step ${stepKey} sends no message.`);
  return step;
}
