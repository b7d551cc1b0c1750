import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { render } from '../activities/render';
import { loadAccounts, type Account } from '../db/facts';
import { orderOffer, setOffers } from '../db/offers';
import { proposalOf } from '../db/proposals';
import type { MessageRow } from '../db/steps';
import { startOf } from '../domain/gravest';
import { sees } from '../domain/permissions';
import { dateOf, periodOf } from '../domain/time';
import { ownCustomer } from './access';
import type { Deps } from './deps';
import { notFound, ProblemError } from './problem';
import { done, Done, orderOf, Reason, route } from './route';
import { CustomerNo } from './schema/common';
import { unsubscribeAddress } from './unsubscribe-address';

const spec = {
  permission: 'proposal.decide',
  tag: 'proposals',
  dryRun: true,
  response: { 200: Done },
} as const;

/** The letter that offers the device, ordered by a person, and who wants none. */
export function registerOffers(app: FastifyInstance, deps: Deps): void {
  const { db } = deps;
  const letter = {
    ...spec,
    summary: 'Have the letter that offers the device sent, once for a proposal',
    params: z.strictObject({ id: z.uuid() }),
    body: z.strictObject({ reason: Reason }),
  };
  route(app, 'POST', '/proposals/:id/letter', letter, async (call) => {
    const proposal = await proposalOf(db, call.params.id);
    if (proposal === null || !sees(call.principal, proposal.station))
      throw notFound(`proposal ${call.params.id}`);
    const order = await orderOf(db, call, call.body.reason);
    const today = dateOf(order.at);
    const period = periodOf(today);
    const { customerNo, id: proposalId } = proposal;
    const [account] = await loadAccounts(db, [customerNo], period, order.at);
    if (account === undefined) throw notFound(`customer ${customerNo}`);
    const { policy, calendar } = await deps.book.rules(await deps.book.ladderInForce(today));
    const { messagesAt } = account.facts;
    const sending = startOf(order.at, policy.limits, { statutory: false, messagesAt }, calendar);
    const written = await write(deps, account, proposalId);
    const about = { proposalId, customerNo, period, sendAt: sending.at, ...written };
    return done(order, await orderOffer(db, order, about));
  });

  const wanted = {
    ...spec,
    summary:
      'Whether the customer wants to be offered the device; bills and demands are not touched',
    params: z.strictObject({ customerNo: CustomerNo }),
    body: z.strictObject({ wanted: z.boolean(), reason: Reason }),
  };
  route(app, 'POST', '/customers/:customerNo/offers', wanted, async (call) => {
    const { customerNo } = call.params;
    await ownCustomer(db, call.principal, customerNo);
    const order = await orderOf(db, call, call.body.reason);
    return done(order, await setOffers(db, order, { customerNo, wanted: call.body.wanted }));
  });
}

/** The text as it will be sent. @throws ProblemError 409 where nobody could end such letters. */
async function write(
  { book, config }: Deps,
  { customer: { customerNo, name, station, language, email } }: Account,
  proposalId: string,
): Promise<{ message: MessageRow; unsubscribeUrl: string }> {
  const id = randomUUID();
  const unsubscribeUrl = unsubscribeAddress(config, id);
  if (unsubscribeUrl === null)
    throw new ProblemError(
      'refused',
      'An offer must tell how to end such letters. Set PUBLIC_BASE_URL and UNSUBSCRIBE_SECRET.',
    );
  const text = await render(
    book,
    { key: 'deviceOffer', channel: 'email', language },
    { customerNo, name, station, unsubscribeUrl },
  );
  const { version: templateVersion, sha256: bodySha256, subject, body, html } = text;
  const message: MessageRow = {
    ...{ id, stepKey: `offer/${proposalId}`, purpose: 'marketing', channel: 'email' },
    ...{ address: email ?? '', language, templateVersion, subject, body, html, bodySha256 },
    ...{ owedFen: 0, penaltyFen: 0 },
  };
  return { message, unsubscribeUrl };
}
