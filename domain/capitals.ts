import type { Fen } from './fen';

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
/** The largest first. What stands before 亿 and 万 is a number of its own. */
const UNITS = [
  [100_000_000, '亿'],
  [10_000, '万'],
  [1_000, '仟'],
  [100, '佰'],
  [10, '拾'],
] as const;

/**
 * An amount in the capitals that cannot be altered by a stroke (大写金额): 壹仟贰佰叁拾肆元伍角陆分. Source: 支付结算办法, 附一, 正确填写票据和
 * 结算凭证的基本规定: 零 for a gap between two digits, 整 where no 分 follow.
 * @throws {RangeError} below zero: nobody is asked for that.
 */
export function inCapitals(amount: Fen): string {
  if (amount < 0) throw new RangeError(`no capitals for ${amount} fen: it is below zero`);
  const yuan = Math.floor(amount / 100);
  const [jiao, fen] = [Math.floor((amount % 100) / 10), amount % 10];
  if (amount === 0) return '零元整';
  const whole = yuan === 0 ? '' : `${written(yuan)}元`;
  const tenth = jiao > 0 ? `${digit(jiao)}角` : yuan > 0 && fen > 0 ? '零' : '';
  return `${whole}${tenth}${fen > 0 ? `${digit(fen)}分` : '整'}`;
}

const digit = (n: number): string => DIGITS.charAt(n);

function written(n: number): string {
  const unit = UNITS.find(([size]) => n >= size);
  if (unit === undefined) return digit(n);
  const [size, name] = unit;
  const rest = n % size;
  const tail = rest === 0 ? '' : `${rest < size / 10 ? '零' : ''}${written(rest)}`;
  return `${written(Math.floor(n / size))}${name}${tail}`;
}
