import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { create } from 'fontkit';

/** The font that letters are printed in. */
export type LetterFont = Readonly<{
  file: Buffer;
  /** The characters of a text that it cannot show, each once. */
  missing: (text: string) => string[];
}>;

/** Regular alone: one weight is what a letter needs, and each more is 8 MB. */
const OURS = 'NotoSansHans-Regular.otf';

/**
 * Opens the font file given, or else the one that we bring: 30,789 characters, GBK and nearly all of 通用规范汉字表, so that names are whole.
 * @throws {Error} with what to do when the file cannot be used.
 */
export function openLetterFont(path: string | undefined): LetterFont {
  const from = path ?? join(dirname(require.resolve('@embedpdf/fonts-sc')), '..', 'fonts', OURS);
  try {
    const file = readFileSync(from);
    const font = create(file);
    if (!('hasGlyphForCodePoint' in font)) throw new Error('it is a collection of fonts');
    const has = (char: string): boolean => font.hasGlyphForCodePoint(char.codePointAt(0) ?? 0);
    return { file, missing: (text) => [...new Set(text)].filter((char) => !has(char)) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `No letters can be printed: ${from} cannot be used as a font (${why}). LETTER_FONT takes the path of a TTF or OTF file.`,
      { cause: error },
    );
  }
}
