import { setImmediate } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import type { LetterFont } from './letter-font';
import type { LetterWords } from './letter-words';

const MARGIN = 50;
const WIDTH = 595.28 - 2 * MARGIN;
const BODY = 10.5;
const SMALL = 9;
/** The columns of the bills' table, together as wide as the page. */
const COLUMNS = [56, 124, 70, 82, 82, WIDTH - 414];
const RIGHT_FROM = 3;
const PADDING = 4;
/** What the receipt slip takes above its lines, from the line to cut along. */
const SLIP_HEAD = 38;

type Paper = PDFKit.PDFDocument;

/** Letters as one PDF, each on pages of its own. The text can be searched and copied. */
export async function pdfOf(letters: readonly LetterWords[], font: LetterFont): Promise<Buffer> {
  const paper = new PDFDocument({
    ...{ size: 'A4', margin: MARGIN, autoFirstPage: false, lang: 'zh-CN' },
    info: { Title: '催缴电费通知书', Producer: 'Tarim', Creator: 'Tarim' },
  });
  const pieces: Buffer[] = [];
  paper.on('data', (piece: Buffer) => pieces.push(piece));
  const ended = new Promise<void>((resolve, reject) =>
    paper.on('end', resolve).on('error', reject),
  );
  paper.registerFont('letter', font.file);
  for (const letter of letters) {
    draw(paper, letter);
    // Others are served between two letters.
    await setImmediate();
  }
  paper.end();
  await ended;
  return Buffer.concat(pieces);
}

function draw(paper: Paper, words: LetterWords): void {
  paper.addPage().font('letter');
  paper.fontSize(20).text(words.title, { align: 'center' });
  paper.moveDown(0.3).fontSize(SMALL).text(words.number, { align: 'right' });
  paper.moveDown(0.8).fontSize(BODY);
  for (const line of words.to) paper.text(line, { lineGap: 3 });
  paper.moveDown(0.5).text(words.opening, { indent: 2 * BODY, lineGap: 3 });
  paper.moveDown(0.5);
  table(paper, words);
  paper.fontSize(BODY).moveDown(0.7);
  for (const line of words.total) paragraph(paper, line);
  paper.moveDown(0.4);
  for (const line of words.clauses) paragraph(paper, line, 2 * BODY);
  paper.moveDown(1);
  for (const line of words.signature) paragraph(paper, line, 0, 'right');
  slip(paper, words.slip);
}

function paragraph(paper: Paper, text: string, indent = 0, align: 'left' | 'right' = 'left'): void {
  const options = { indent, align, lineGap: 3, width: WIDTH };
  room(paper, paper.heightOfString(text, options));
  paper.text(text, MARGIN, paper.y, options);
}

function table(paper: Paper, { heads, rows }: LetterWords): void {
  paper.fontSize(SMALL);
  row(paper, heads);
  for (const cells of rows) {
    // On a new page the reader wants to know again what is what.
    if (room(paper, heightOf(paper, cells))) row(paper, heads);
    row(paper, cells);
  }
}

const heightOf = (paper: Paper, cells: readonly string[]): number =>
  2 * PADDING +
  Math.max(
    ...cells.map((cell, i) => paper.heightOfString(cell, { width: inside(COLUMNS[i] ?? 0) })),
  );
const inside = (width: number): number => width - 2 * PADDING;

function row(paper: Paper, cells: readonly string[]): void {
  const top = paper.y;
  const height = heightOf(paper, cells);
  let left = MARGIN;
  for (const [i, cell] of cells.entries()) {
    const width = COLUMNS[i] ?? 0;
    paper.lineWidth(0.5).rect(left, top, width, height).stroke();
    paper.text(cell, left + PADDING, top + PADDING, {
      width: inside(width),
      align: i < RIGHT_FROM ? 'left' : 'right',
    });
    left += width;
  }
  paper.x = MARGIN;
  paper.y = top + height;
}

/** Turns the page when so much does not fit on it. @returns whether it did. */
function room(paper: Paper, height: number): boolean {
  if (paper.y + height <= paper.page.height - MARGIN) return false;
  paper.addPage();
  return true;
}

/** At the foot of the last page, to be cut off and kept. */
function slip(paper: Paper, { title, lines }: LetterWords['slip']): void {
  const options = { width: WIDTH, lineGap: 4 };
  paper.fontSize(BODY - 1);
  const heights = lines.map((line) => paper.heightOfString(line, options));
  const height = heights.reduce((sum, one) => sum + one, SLIP_HEAD);
  room(paper, height);
  const top = paper.page.height - MARGIN - height;
  paper.lineWidth(0.5).dash(3, { space: 3 });
  paper
    .moveTo(MARGIN, top)
    .lineTo(MARGIN + WIDTH, top)
    .stroke()
    .undash();
  paper.fontSize(13).text(title, MARGIN, top + 10, { align: 'center', width: WIDTH });
  paper.fontSize(BODY - 1);
  let y = top + SLIP_HEAD;
  for (const [i, line] of lines.entries()) {
    paper.text(line, MARGIN, y, options);
    y += heights[i] ?? 0;
  }
}
