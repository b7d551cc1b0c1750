import { randomUUID } from 'node:crypto';
import { Payment } from '../api/schema/payments';
import { amountOption, asOfOption, optional } from './arguments';
import type { Cli } from './cli';
import { openApi } from './client';
import { money, wallClock } from './screen';

export type PayOptions = Readonly<{
  ref?: string;
  channel: string;
  receivedAt?: string;
  dryRun?: boolean;
  json?: boolean;
}>;

/** Records the payment under its own number, and says what became of it. */
export async function pay(
  cli: Cli,
  customerNo: string,
  amount: string,
  options: PayOptions,
): Promise<void> {
  const { t, screen } = cli;
  const { channel, dryRun, json } = options;
  const amountFen = amountOption(cli, amount);
  const receivedAt = optional(cli, options.receivedAt, asOfOption);
  const api = await openApi(cli);
  const key = options.ref ?? `cli-${randomUUID()}`;
  const body = { customerNo, amountFen, channel, receivedAt };
  const found = await api.send('/payments', { body, answer: Payment, key, dryRun });
  if (json === true) {
    screen.json({ ...found, dryRun: dryRun === true });
    return;
  }
  const what = {
    ref: found.paymentRef,
    customer: found.customerNo,
    amount: money(found.amountFen),
    at: wallClock(found.receivedAt),
    channel: found.channel,
  };
  const said = t(`pay.${found.result}`, what);
  screen.line(dryRun === true ? t('dryRun', { said }) : said);
}
