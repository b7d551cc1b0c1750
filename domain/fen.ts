declare const fen: unique symbol;

/** Money in fen (1/100 yuan). Always a safe integer, so sums are exact and it survives JSON. */
export type Fen = number & { readonly [fen]: true };

/** @throws {RangeError} when `value` is fractional or beyond the safe integers. */
export function toFen(value: number): Fen {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a whole number of fen: ${value}`);
  return (value === 0 ? 0 : value) as Fen;
}

export const zeroFen: Fen = toFen(0);

export const addFen = (a: Fen, b: Fen): Fen => toFen(a + b);

export const sumFen = (parts: readonly Fen[]): Fen =>
  toFen(parts.reduce<number>((a, b) => a + b, 0));

/** `-1234.50` and the like: at most two decimals, no thousands separators, no exponent. */
const YUAN = /^(-?)(\d{1,13})(?:\.(\d{1,2}))?$/;

/** Yuan as written in a file, as fen; null when it is not an amount (more than two decimals, letters, an exponent). */
export function parseYuan(text: string): Fen | null {
  const match = YUAN.exec(text.trim());
  if (match === null) return null;
  const [, sign = '', whole = '0', cents = ''] = match;
  const magnitude = Number(whole) * 100 + Number(cents.padEnd(2, '0'));
  return Number.isSafeInteger(magnitude) ? toFen(sign === '-' ? -magnitude : magnitude) : null;
}

/** Two decimals and no separators, as CSV wants it: `-1234.50`. */
export function yuan(amount: Fen): string {
  const magnitude = Math.abs(amount);
  const cents = String(magnitude % 100).padStart(2, '0');
  return `${amount < 0 ? '-' : ''}${Math.floor(magnitude / 100)}.${cents}`;
}

/** For people: `1,234.50`. */
export const yuanForPeople = (amount: Fen): string =>
  yuan(amount).replace(/\B(?=(\d{3})+(?=\.))/g, ',');
