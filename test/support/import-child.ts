import type { Content } from '../../db/book-content';
import { importBook } from '../../db/imports';

const ROWS_PER_PIECE = 5_000;

/** Bills of wang's, a tenth of them with a day that does not exist; made as they are read, so that no file takes part in the figure. */
const bills = (rows: number, amount: string): Content =>
  async function* () {
    yield Buffer.from('bill_no,customer_no,period,amount,issued_on,due_on\n');
    for (let from = 0; from < rows; from += ROWS_PER_PIECE) {
      const piece = Array.from({ length: Math.min(ROWS_PER_PIECE, rows - from) }, (_, n) => {
        const due = (from + n) % 10 === 0 ? '2026-02-30' : '2026-03-20';
        return `B-${from + n},wang,2026-03,${amount},2026-03-01,${due}\n`;
      });
      yield await Promise.resolve(Buffer.from(piece.join('')));
    }
  };

/** A process of its own that imports so many bills, and says how much memory it ever had. */
async function main(): Promise<void> {
  const [databaseUrl = '', rows = '0', amount = '1.00'] = process.argv.slice(2);
  const book = { kind: 'bills', name: 'many.csv', content: bills(Number(rows), amount) } as const;
  let rejects = 0;
  const startedMs = Date.now();
  const result = await importBook(databaseUrl, {
    ...book,
    async keepRejects(csv) {
      for await (const piece of csv) rejects += String(piece).split('\n').length - 1;
    },
  }).catch((error: unknown) => ({ refused: String(error) }));
  const { maxRSS } = process.resourceUsage();
  const said = { ...result, rejects: rejects - 1, mebibytes: Math.round(maxRSS / 1024) };
  process.stdout.write(JSON.stringify({ ...said, seconds: (Date.now() - startedMs) / 1000 }));
}

void main();
