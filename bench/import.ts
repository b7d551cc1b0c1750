import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { fileContent, unzipped } from '../db/book-content';
import { importBook } from '../db/imports';
import { bookFile, importInto, machine } from './book';
import { startBenchEngine } from './engine';
import { percentilesOf } from './measure';

const TURNS = 3;

export type ImportFigures = Readonly<{
  machine: string;
  book: string;
  bills: number;
  /** Of each turn: the import, and a COPY of the very rows that it wrote. */
  importSeconds: readonly number[];
  copySeconds: readonly number[];
  /** Of the two rates, from the middle turns; the aim is 0.4. */
  ratio: number;
  rssMiB: number;
}>;

/**
 * Imports the bills, from the file to the commit, and copies the rows that came of it into the same table with all of its constraints,
 * indexes and triggers; in turns, so that a drift of the machine falls on both.
 */
export async function benchImport({ book }: Readonly<{ book: string }>): Promise<ImportFigures> {
  const engine = await startBenchEngine();
  const { databaseUrl } = engine.at;
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await importInto(databaseUrl, book, 'customers');
    const file = bookFile(book, 'bills');
    const [importSeconds, copySeconds]: [number[], number[]] = [[], []];
    let bills = 0;
    for (let turn = 0; turn < TURNS; turn += 1) {
      await empty(client);
      const content = unzipped(fileContent(file));
      importSeconds.push(
        await seconds(async () => {
          ({ rowsTaken: bills } = await importBook(databaseUrl, {
            kind: 'bills',
            name: file,
            content,
          }));
        }),
      );
      const rows = await rowsOf(client);
      await client.query('truncate bill cascade');
      copySeconds.push(await seconds(() => copyInto(client, rows)));
    }
    return {
      machine: machine(),
      book,
      bills,
      importSeconds,
      copySeconds,
      ratio:
        Math.round((percentilesOf(copySeconds)(0.5) / percentilesOf(importSeconds)(0.5)) * 100) /
        100,
      rssMiB: Math.round(process.resourceUsage().maxRSS / 1024),
    };
  } finally {
    await client.end();
    await engine.end();
  }
}

/** As before the first import, so that the file is not known. */
async function empty(client: Client): Promise<void> {
  await client.query('truncate bill cascade');
  await client.query(`delete from import_file where kind = 'bills'`);
  await client.query('analyze');
}

/** The rows as COPY writes them; the file that they came from is on record in the table of files, which stays. */
async function rowsOf(client: Client): Promise<Buffer> {
  const stream = client.query(copyTo('copy bill to stdout'));
  return Buffer.concat(await stream.toArray());
}

async function copyInto(client: Client, rows: Buffer): Promise<void> {
  await pipeline(Readable.from([rows]), client.query(copyFrom('copy bill from stdin')));
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return Math.round(performance.now() - began) / 1000;
}
