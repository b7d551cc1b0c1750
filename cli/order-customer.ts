import { randomUUID } from 'node:crypto';
import type { Config } from '../config';
import { stationNow } from '../db/clock';
import type { CommandResult, Order } from '../db/commands';
import { openDispute, resolveDispute } from '../db/disputes';
import { escalateCustomer } from '../db/escalations';
import { countOver, placeHold, releaseHold, type Over, type Scope } from '../db/holds';
import { openRuleBook } from '../db/rules';
import type { Level } from '../domain/policy';
import { Exit, EXIT } from './exit';
import { asOfOption, print } from './output';
import { withSession, type Session } from './session';

export type OrderOptions = Readonly<{ reason: string; actor: string; id?: string; at?: string }>;
export type HoldOptions = OrderOptions &
  Readonly<{ scope: string; from?: string; until?: string; dryRun?: boolean }>;

export const hold = (config: Config, ref: string, options: HoldOptions): Promise<void> =>
  withSession(config, async (session) => {
    const over = overOf(ref, options.scope);
    if (options.dryRun === true) return tell(session, over, 'stop');
    const order = await orderOf(session, options);
    const from = options.from === undefined ? order.at : asOfOption(options.from);
    const until = options.until === undefined ? null : asOfOption(options.until);
    await finish(session, await placeHold(session.db, order, { ...over, from, until }), 'Held');
  });

export const release = (config: Config, ref: string, options: HoldOptions): Promise<void> =>
  withSession(config, async (session) => {
    const over = overOf(ref, options.scope);
    if (options.dryRun === true) return tell(session, over, 'release');
    await finish(
      session,
      await releaseHold(session.db, await orderOf(session, options), over),
      'Released',
    );
  });

export const escalate = (
  config: Config,
  customerNo: string,
  options: OrderOptions & { level?: string; step?: string },
): Promise<void> =>
  withSession(config, async (session) => {
    const { level, step } = options;
    if (level !== undefined && !['1', '2', '3'].includes(level))
      throw new Exit(EXIT.usage, `${level} is not a level: 1 (gravest), 2 or 3.`);
    const to = {
      customerNo,
      toLevel: level === undefined ? null : (Number(level) as Level),
      toStep: step ?? null,
    };
    const result = await escalateCustomer(
      session.db,
      openRuleBook(session.db),
      await orderOf(session, options),
      to,
    );
    await finish(session, result, 'Escalated');
  });

export const dispute = (
  config: Config,
  billNo: string,
  options: OrderOptions & { resolve?: string },
): Promise<void> =>
  withSession(config, async (session) => {
    const { resolve } = options;
    if (resolve !== undefined && resolve !== 'upheld' && resolve !== 'rejected')
      throw new Exit(EXIT.usage, 'A dispute is resolved as upheld or rejected.');
    const order = await orderOf(session, options);
    const result =
      resolve === undefined
        ? await openDispute(session.db, order, billNo)
        : await resolveDispute(session.db, order, billNo, resolve);
    await finish(session, result, resolve === undefined ? 'Disputed' : 'Resolved');
  });

export async function orderOf(
  { db }: Session,
  { reason, actor, id, at }: OrderOptions,
): Promise<Order> {
  if (reason.trim() === '') throw new Exit(EXIT.usage, 'Say why: --reason.');
  return {
    id: id ?? `cli-${randomUUID()}`,
    actor,
    reason,
    at: at === undefined ? await stationNow(db) : asOfOption(at),
    door: 'cli',
  };
}

/** Says what became of an order, and tells the running workflows. @throws Exit 4 when it was refused. */
export async function finish(
  { relay }: Session,
  result: CommandResult,
  done: string,
): Promise<void> {
  if (result.kind === 'refused') throw new Exit(EXIT.refused, `Refused: ${result.because}`);
  await relay();
  print(result.kind === 'repeated' ? 'This order was given before; nothing changed.' : `${done}.`);
}

function overOf(ref: string, scope: string): Over {
  if (!['customer', 'bill', 'station', 'everything'].includes(scope))
    throw new Exit(EXIT.usage, `${scope} is not customer, bill, station or everything.`);
  if ((scope === 'everything') !== (ref === ''))
    throw new Exit(
      EXIT.usage,
      scope === 'everything' ? 'A hold over everything names nobody.' : `Name the ${scope}.`,
    );
  return { scope: scope as Scope, ref };
}

async function tell({ db }: Session, over: Over, verb: string): Promise<void> {
  print(`Would ${verb} the ladder of ${await countOver(db, over)} customers with an open month.`);
}
