import { parseYuan, type Fen } from '../domain/fen';
import {
  instantAt,
  parseDate,
  parseInstant,
  parsePeriod,
  type CivilDate,
  type Instant,
  type Period,
} from '../domain/time';
import type { Cli } from './cli';
import { Exit, EXIT } from './exit';
import type { Word } from './words';

/** The hour at which a bare day begins for the station: the opening of the sending window. Source: design 4, Limits. */
const OPENING_MINUTE = 9 * 60;

const wrong = ({ t }: Cli, word: Word, text: string): Exit =>
  new Exit(EXIT.usage, t(word, { text }));

/** `2005-09-01` (09:00 of that day in Shanghai) or an instant with an offset. @throws Exit 2 */
export function asOfOption(cli: Cli, text: string): Instant {
  const date = parseDate(text);
  const at = date === null ? parseInstant(text) : instantAt(date, OPENING_MINUTE);
  if (at === null) throw wrong(cli, 'bad.instant', text);
  return at;
}

/** @throws Exit 2 unless it is `YYYY-MM-DD`. */
export function dayOption(cli: Cli, text: string): CivilDate {
  const day = parseDate(text);
  if (day === null) throw wrong(cli, 'bad.day', text);
  return day;
}

/** @throws Exit 2 unless it is `YYYY-MM`. */
export function periodOption(cli: Cli, text: string): Period {
  const period = parsePeriod(text);
  if (period === null) throw wrong(cli, 'bad.period', text);
  return period;
}

/** @throws Exit 2 unless it is a whole number above 0. */
export function countOption(cli: Cli, text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1) throw wrong(cli, 'bad.count', text);
  return count;
}

/** Yuan, as fen. @throws Exit 2 unless it is above 0 with at most two decimals. */
export function amountOption(cli: Cli, text: string): Fen {
  const amount = parseYuan(text);
  if (amount === null || amount <= 0) throw wrong(cli, 'bad.amount', text);
  return amount;
}

/** Yuan, as fen; 0 too. @throws Exit 2 */
export function yuanOption(cli: Cli, text: string): Fen {
  const amount = parseYuan(text);
  if (amount === null || amount < 0) throw wrong(cli, 'bad.amount', text);
  return amount;
}

/** One of a few words. @throws Exit 2 */
export function wordOption<T extends string>(cli: Cli, text: string, words: readonly T[]): T {
  const found = words.find((word) => word === text);
  if (found === undefined)
    throw new Exit(EXIT.usage, cli.t('bad.word', { text, words: words.join(', ') }));
  return found;
}

export const optional = <T>(
  cli: Cli,
  text: string | undefined,
  read: (cli: Cli, text: string) => T,
): T | undefined => (text === undefined ? undefined : read(cli, text));
