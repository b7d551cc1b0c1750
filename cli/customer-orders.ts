import { Reach } from '../api/schema/holds';
import { asOfOption, dayOption, optional, wordOption } from './arguments';
import type { Cli, Ordered } from './cli';
import { openApi } from './client';
import { Exit, EXIT } from './exit';
import { inUrl, order } from './order';

export type HoldOptions = Ordered & Readonly<{ from?: string; until?: string }>;
export type EscalateOptions = Ordered & Readonly<{ level?: string; step?: string }>;
export type SkipOptions = Ordered & Readonly<{ bill?: string }>;
export type DisputeOptions = Ordered & Readonly<{ resolve?: string }>;
/** What a hold is over; everything has no name. */
export type Over = Readonly<{
  scope: 'customer' | 'bill' | 'station' | 'everything';
  ref?: string;
}>;

export async function hold(cli: Cli, over: Over, options: HoldOptions): Promise<void> {
  const from = optional(cli, options.from, asOfOption);
  const until = optional(cli, options.until, asOfOption);
  await overMany(cli, over, options, {
    path: '/holds',
    body: { ...over, from, until },
    done: 'hold.done',
  });
}

export const release = (cli: Cli, over: Over, options: HoldOptions): Promise<void> =>
  overMany(cli, over, options, { path: '/holds/release', body: over, done: 'release.done' });

/** A trial also tells how many customers it would concern. */
async function overMany(
  cli: Cli,
  over: Over,
  options: HoldOptions,
  asked: Parameters<typeof order>[2],
): Promise<void> {
  const api = await openApi(cli);
  if (options.dryRun !== true || options.json === true) return order(cli, options, asked, api);
  const sent = { body: over, answer: Reach };
  const { customers } = await api.send('/holds/reach', sent);
  await order(cli, options, asked, api);
  cli.screen.line(cli.t('hold.reach', { customers }));
}

export async function escalate(
  cli: Cli,
  customerNo: string,
  options: EscalateOptions,
): Promise<void> {
  const { level, step } = options;
  if (level === undefined && step === undefined)
    throw new Exit(EXIT.usage, cli.t('customer.escalate.where'));
  const toLevel = level === undefined ? undefined : Number(wordOption(cli, level, ['1', '2', '3']));
  await order(cli, options, {
    path: `/customers/${inUrl(customerNo)}/escalations`,
    body: { toLevel, toStep: step },
    done: 'customer.escalate.done',
  });
}

export const promise = async (
  cli: Cli,
  customerNo: string,
  day: string,
  options: Ordered,
): Promise<void> =>
  order(cli, options, {
    path: `/customers/${inUrl(customerNo)}/promises`,
    body: { promisedOn: dayOption(cli, day) },
    done: 'customer.promise.done',
  });

export const skip = (
  cli: Cli,
  customerNo: string,
  stepKey: string,
  options: SkipOptions,
): Promise<void> =>
  order(cli, options, {
    path: `/customers/${inUrl(customerNo)}/skips`,
    body: { stepKey, billNo: options.bill },
    done: 'customer.skip.done',
  });

/** Offers of the device: `wanted` is yes or no. */
export const offers = (
  cli: Cli,
  customerNo: string,
  wanted: string,
  options: Ordered,
): Promise<void> =>
  order(cli, options, {
    path: `/customers/${inUrl(customerNo)}/offers`,
    body: { wanted: wordOption(cli, wanted, ['yes', 'no']) === 'yes' },
    done: 'customer.offers.done',
  });

export async function dispute(cli: Cli, billNo: string, options: DisputeOptions): Promise<void> {
  const resolution = optional(cli, options.resolve, (_, text) =>
    wordOption(cli, text, ['upheld', 'rejected']),
  );
  const path = `/bills/${inUrl(billNo)}/disputes`;
  await order(
    cli,
    options,
    resolution === undefined
      ? { path, done: 'customer.dispute.done' }
      : { path: `${path}/resolution`, body: { resolution }, done: 'customer.resolve.done' },
  );
}
