import fc from 'fast-check';
import { smsParts } from '../../domain/sms-text';

it.each([
  ['one unit before the limit of one message', '电', 69, 1],
  ['at the limit', '电', 70, 1],
  ['one over', '电', 71, 2],
  ['one before the limit of two', '电', 133, 2],
  ['at the limit of two', '电', 134, 2],
  ['one over two', '电', 135, 3],
  ['one before the limit in Latin letters', 'a', 159, 1],
  ['at the limit in Latin letters', 'a', 160, 1],
  ['one over in Latin letters', 'a', 161, 2],
  ['one before two in Latin letters', 'a', 305, 2],
  ['at two in Latin letters', 'a', 306, 2],
  ['one over two in Latin letters', 'a', 307, 3],
])('%s: %s × %i is so many parts: %i', (_rule, character, count, parts) => {
  const encoding = character === 'a' ? 'GSM-7' : 'UCS-2';
  expect(smsParts(character.repeat(count))).toEqual({ encoding, units: count, parts });
});

it.each([
  ['one Chinese character makes the whole text UCS-2', `${'a'.repeat(70)}电`, 'UCS-2', 71, 2],
  ['the yuan sign ¥ is in the alphabet', '¥100', 'GSM-7', 4, 1],
  ['the full-width yuan sign is not', '\uffe5100', 'UCS-2', 4, 1],
  ['an extended character takes two septets', '€[]', 'GSM-7', 6, 1],
  ['a line break is one', 'a\nb', 'GSM-7', 3, 1],
  ['a tab is not in the alphabet', 'a\tb', 'UCS-2', 3, 1],
  ['a character beyond the plane takes two units', '𠮷', 'UCS-2', 2, 1],
  ['an empty text is no message', '', 'GSM-7', 0, 0],
])('%s', (_rule, text, encoding, units, parts) => {
  expect(smsParts(text)).toEqual({ encoding, units, parts });
});

it('does not divide a character: 67 units to a part, 66 where the last would be half a pair', () => {
  expect(smsParts(`${'电'.repeat(66)}𠮷${'电'.repeat(66)}`)).toMatchObject({
    units: 134,
    parts: 3,
  });
  expect(smsParts(`${'电'.repeat(65)}𠮷${'电'.repeat(67)}`)).toMatchObject({
    units: 134,
    parts: 2,
  });
});

it('does not divide an escape sequence either', () => {
  expect(smsParts(`${'a'.repeat(152)}€${'a'.repeat(152)}`)).toMatchObject({ units: 306, parts: 3 });
});

it('never takes fewer parts for a longer text', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 400 });
  fc.assert(
    fc.property(text, fc.string({ unit: 'grapheme' }), (start, more) => {
      expect(smsParts(start + more).parts).toBeGreaterThanOrEqual(smsParts(start).parts);
    }),
  );
});
