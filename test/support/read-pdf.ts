import { inflateSync } from 'node:zlib';

/** The text of each page of a PDF in one embedded font, line by line, as a reader would copy it: by the font's own table of characters. */
export function readPdf(pdf: Buffer): string[] {
  const streams = streamsOf(pdf);
  const table = streams.find((text) => text.includes('begincmap'));
  if (table === undefined) throw new Error('no table of characters: the text cannot be copied');
  const characters = charactersOf(table);
  return streams
    .filter((text) => /^BT$/m.test(text))
    .map((page) =>
      [...page.matchAll(/\[([^\]]*)\] TJ/g)]
        .map(([, shown = '']) => decode(shown, characters))
        .join('\n'),
    );
}

function streamsOf(pdf: Buffer): string[] {
  const text = pdf.toString('latin1');
  return [...text.matchAll(/stream\r?\n/g)].flatMap(({ index, 0: { length } }) => {
    if (text.slice(index - 3, index) === 'end') return [];
    const from = index + length;
    const bytes = pdf.subarray(from, text.indexOf('endstream', from));
    // A zlib stream begins so; fonts' programs are read by nobody here.
    return bytes[0] === 0x78 ? [inflateSync(bytes).toString('latin1')] : [];
  });
}

/** `<from> <to> [<utf-16> …]`, as many as there are. */
function charactersOf(table: string): Map<number, string> {
  const found = new Map<number, string>();
  for (const [, from = '', list = ''] of table.matchAll(/<(\w+)> <\w+> \[([^\]]*)\]/g))
    for (const [i, [, code = '']] of [...list.matchAll(/<([^>]*)>/g)].entries())
      found.set(
        parseInt(from, 16) + i,
        Buffer.from(code.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'),
      );
  return found;
}

const decode = (shown: string, characters: ReadonlyMap<number, string>): string =>
  [...shown.matchAll(/<(\w*)>/g)]
    .flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
    .map((glyph) => characters.get(parseInt(glyph, 16)) ?? '\ufffd')
    .join('');
