import fc from 'fast-check';
import { inCapitals } from '../../domain/capitals';
import { toFen } from '../../domain/fen';

// The first four are the examples of 支付结算办法, 附一 (of two that it allows for 107,000.53 the shorter one).
test.each([
  [140_950, '壹仟肆佰零玖元伍角整'],
  [600_714, '陆仟零柒元壹角肆分'],
  [10_700_053, '壹拾万柒仟元伍角叁分'],
  [1_640_902, '壹万陆仟肆佰零玖元零贰分'],
  [32_504, '叁佰贰拾伍元零肆分'],
  [123_456, '壹仟贰佰叁拾肆元伍角陆分'],
  [10_000, '壹佰元整'],
  [1_000, '壹拾元整'],
  [10_000_000_000, '壹亿元整'],
  [10_001_000_000, '壹亿零壹万元整'],
  [10_010_000_100, '壹亿零壹拾万零壹元整'],
  [50, '伍角整'],
  [5, '伍分'],
  [0, '零元整'],
])('%i fen is %s', (fen, capitals) => {
  expect(inCapitals(toFen(fen))).toBe(capitals);
});

test('below zero there is nothing to ask for', () => {
  expect(() => inCapitals(toFen(-1))).toThrow(RangeError);
});

const amounts = fc
  .oneof(fc.nat(10_000_000), fc.bigInt(0n, BigInt(Number.MAX_SAFE_INTEGER)).map(Number))
  .map(toFen);

test('capitals read back by the value of each character are the amount, to the fen', () => {
  fc.assert(fc.property(amounts, (amount) => readBack(inCapitals(amount)) === amount));
});

test('零 never stands twice in a row, nor before a unit, nor before 整 but for nothing at all', () => {
  fc.assert(
    fc.property(
      amounts,
      (amount) => amount === 0 || !/零[零拾佰仟万亿元角分整]/.test(inCapitals(amount)),
    ),
  );
});

/** By the rules of reading, which know nothing of those of writing. */
function readBack(text: string): number {
  const [, yuan = '', rest = ''] = /^(?:(.*)元)?(.*)$/u.exec(text) ?? [];
  const [, jiao = '零', fen = '零'] = /^零?(?:(.)角)?(?:(.)分)?整?$/u.exec(rest) ?? [];
  return valueOf(yuan) * 100 + valueOf(jiao) * 10 + valueOf(fen);
}

function valueOf(text: string): number {
  for (const [unit, size] of [
    ['亿', 1e8],
    ['万', 1e4],
    ['仟', 1e3],
    ['佰', 100],
    ['拾', 10],
  ] as const) {
    const at = text.lastIndexOf(unit);
    if (at >= 0) return valueOf(text.slice(0, at)) * size + valueOf(text.slice(at + 1));
  }
  return Math.max(0, '零壹贰叁肆伍陆柒捌玖'.indexOf(text.replace(/^零(?=.)/u, '')));
}
