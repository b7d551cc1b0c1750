import { held, lookAt } from '../../db/book-content';
import { textOf } from '../../db/book-text';
import { csvRecords, type CsvRecord } from '../../db/import-csv';

const read = async (text: string | Buffer): Promise<CsvRecord[]> => {
  const records: CsvRecord[] = [];
  const content = held(Buffer.from(text));
  const pieces = textOf(content, await lookAt(content));
  for await (const some of csvRecords(pieces)) records.push(...some);
  return records;
};
const fieldsOf = async (text: string | Buffer) => (await read(text)).map(({ fields }) => fields);

/** 中国 and 𠮷, a character of four bytes in GB18030. */
const GB18030 = Buffer.from([
  0xd6, 0xd0, 0xb9, 0xfa, 0x2c, 0x95, 0x34, 0xb2, 0x35, 0xa, 0x31, 0x2c, 0x32,
]);

describe('the records of a CSV text', () => {
  test('are the same in UTF-8, in UTF-8 with a byte order mark, and in GB18030', async () => {
    const expected = [
      ['中国', '𠮷'],
      ['1', '2'],
    ];
    expect(await fieldsOf('中国,𠮷\n1,2')).toEqual(expected);
    expect(await fieldsOf('\ufeff中国,𠮷\n1,2')).toEqual(expected);
    expect(await fieldsOf(GB18030)).toEqual(expected);
  });

  test('are whole where a character lies across two pieces of the file', async () => {
    const name = '塔北'.repeat(200_000);
    const long = Array.from({ length: 20 }, (_, at) => `${at},${name.slice(0, 15_000)}`);
    const text = long.join('\n');
    expect((await fieldsOf(`x${text}`)).length).toBe(20);
    const gb = Buffer.concat([Buffer.from('x'), ...Array<Buffer>(40_000).fill(GB18030)]);
    const fields = await fieldsOf(gb);
    expect(fields.length).toBe(40_001);
    expect(fields.flat().join('')).not.toMatch(/\ufffd/);
  });

  test('keep commas, quotes and line breaks that are inside quotes', async () => {
    expect(await fieldsOf('a,b\n"x, ""y""","1\n2"\n')).toEqual([
      ['a', 'b'],
      ['x, "y"', '1\n2'],
    ]);
  });

  test('take a stray quote for a character like any other', async () => {
    expect(await fieldsOf('a,b\n5" pipe,"x"y\n1,2\n')).toEqual([
      ['a', 'b'],
      ['5" pipe', '"x"y'],
      ['1', '2'],
    ]);
  });

  test.each([
    ['\n', [1, 2, 4, 6, 8]],
    ['\r\n', [1, 2, 4, 6, 8]],
    ['\r', [1, 2, 4, 6, 8]],
  ])(
    'know their lines when lines end in %j, blank ones counted and left out',
    async (end, lines) => {
      const text = ['a,b', '1,2', '', '"x', 'y",3', '4,5', ' ,'.trim(), '6,7', ''].join(end);
      expect((await read(text)).map(({ line }) => line)).toEqual(lines);
    },
  );

  test('hold the text of the file as it stands there', async () => {
    expect((await read('a,b\r\n\r\n"x", 1 \r\n')).map(({ raw }) => raw)).toEqual([
      'a,b',
      '"x", 1 ',
    ]);
  });

  test('may end their lines in different ways', async () => {
    expect(await fieldsOf('a,b\r\n1,2\n3,4\r\n')).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  test('refuse a text that never closes a quote, with the last good line', async () => {
    await expect(read('a,b\n1,2\n3,"4\n5,6\n')).rejects.toThrow('after line 2 is never closed');
    await expect(read(`a,b\n1,"${'x\n'.repeat(50_000)}`)).rejects.toThrow('after line 1');
  });

  test('refuse what is neither UTF-8 nor GB18030', async () => {
    await expect(read(Buffer.from([0xff, 0x61, 0x00]))).rejects.toThrow('neither UTF-8');
    await expect(read(Buffer.from([0x61, 0x2c, 0x81]))).rejects.toThrow('neither UTF-8');
  });

  test('refuse UTF-16, with a byte order mark and without', async () => {
    const little = Buffer.from('\ufeffa,b', 'utf16le');
    for (const text of [little, little.subarray(2), Buffer.from(little).swap16()])
      await expect(read(text)).rejects.toThrow('in UTF-16');
  });

  test('refuse what is a text in UTF-8 and another one in GB18030, unless a mark decides', async () => {
    const both = Buffer.from([0xd6, 0xb0, 0x2c, 0xd6, 0xb5]);
    await expect(read(both)).rejects.toThrow('may be UTF-8 or GB18030');
    await expect(read('José,1')).rejects.toThrow('may be UTF-8 or GB18030');
    expect(await fieldsOf('\ufeffJosé,1')).toEqual([['José', '1']]);
    expect(await fieldsOf('José,职')).toEqual([['José', '职']]);
  });
});
