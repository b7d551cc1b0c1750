import type * as StringWidth from 'string-width' with { 'resolution-mode': 'import' };

export type Cell = string | number;
/** `grows`: free text, which gives way first on a narrow terminal. Numbers and money stand on the right. */
export type Head = Readonly<{ head: string; right?: boolean; grows?: boolean }>;

const GAP = '  ';
const MORE = '…';
/** Below this a free text says nothing any more. */
const LEAST = 8;

/**
 * A table as lines, as wide as the widest cell or as the terminal allows. A Chinese character and an emoji are two columns wide; what does not
 * fit ends in `…`.
 */
export async function tableLines(
  heads: readonly Head[],
  rows: readonly (readonly Cell[])[],
  columns: number,
): Promise<string[]> {
  const { default: widthOf } = await import('string-width');
  const texts = rows.map((row) => heads.map((_, i) => onOneLine(row[i] ?? '')));
  const natural = heads.map(({ head }, i) =>
    Math.max(widthOf(head), ...texts.map((row) => widthOf(row[i] ?? ''))),
  );
  const widths = fit(natural, heads, columns - GAP.length * (heads.length - 1));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => pad(cell, widths[i] ?? 0, heads[i]?.right === true, widthOf))
      .join(GAP)
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join(GAP);
  return [line(heads.map(({ head }) => head)), rule, ...texts.map(line)];
}

/** What a database holds may not move the cursor or change the colours of whoever looks at it. */
const onOneLine = (cell: Cell): string =>
  String(cell)
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');

/** Takes from the widest free text what is too much, column by column. */
function fit(natural: readonly number[], heads: readonly Head[], room: number): number[] {
  const widths = [...natural];
  let over = widths.reduce((sum, width) => sum + width, 0) - room;
  while (over > 0) {
    const [widest = -1] = widths
      .map((_, i) => i)
      .filter((i) => heads[i]?.grows === true && (widths[i] ?? 0) > LEAST)
      .sort((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0));
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    over -= 1;
  }
  return widths;
}

type WidthOf = (typeof StringWidth)['default'];
const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

function pad(text: string, width: number, right: boolean, widthOf: WidthOf): string {
  const cut = widthOf(text) <= width ? text : shorten(text, width, widthOf);
  const space = ' '.repeat(Math.max(0, width - widthOf(cut)));
  return right ? space + cut : cut + space;
}

/** Never in the middle of a character, however many code points it has. */
function shorten(text: string, width: number, widthOf: WidthOf): string {
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    if (widthOf(kept + segment) > width - widthOf(MORE)) break;
    kept += segment;
  }
  return kept + MORE;
}
