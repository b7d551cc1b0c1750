import { parse, type CsvError, type Info, type Parser } from 'csv-parse';
import { WrongShape } from './wrong-shape';

/** `line` is where the record begins, the header's being 1; `raw` is the record as it stands in the file. */
export type CsvRecord = Readonly<{ line: number; raw: string; fields: readonly string[] }>;
type Parsed = Readonly<{ record: string[]; raw: string }>;

const RECORD_BYTES_MAX = 64 * 1024;

/**
 * The records of a CSV text, header first, blank ones left out, in lists as they come of its pieces: each on its own would cost more than to parse it.
 * Line ends may be mixed. A quote inside an unquoted field is an ordinary character: one clumsy name must not cost the file.
 *
 * @throws {WrongShape} for a text that is no CSV at all: a quote that is never closed, a record without end.
 */
export async function* csvRecords(
  text: AsyncIterable<Buffer | string>,
): AsyncGenerator<readonly CsvRecord[]> {
  const lines: Lines = { last: 0, overcounted: 0 };
  let records: CsvRecord[] = [];
  const parser = csvParser((parsed, { lines: read }) => {
    records.push(recordOf(parsed, read, lines));
  });
  const taken = (): readonly CsvRecord[] => {
    const some = records;
    records = [];
    return some;
  };
  try {
    for await (const piece of text) {
      await written(parser, piece);
      if (records.length > 0) yield taken();
    }
    await written(parser, null);
    if (records.length > 0) yield taken();
  } catch (error) {
    throw isUnclosed(error)
      ? new WrongShape(
          `A quote that opens after line ${lines.last} is never closed, or the record there is longer than ${RECORD_BYTES_MAX / 1024} KiB.`,
        )
      : error;
  } finally {
    parser.destroy();
  }
}

/** Once the parser has gone through the piece; null: through all there is. */
const written = (parser: Parser, piece: Buffer | string | null): Promise<void> =>
  new Promise((resolve, reject) => {
    const done = (error?: Error | null): void => {
      if (error) reject(error);
      else resolve();
    };
    if (piece === null) parser.end(done);
    else parser.write(piece, done);
  });

type Lines = { last: number; overcounted: number };

const csvParser = (told: (parsed: Parsed, info: Info) => void): Parser =>
  parse({
    bom: true,
    raw: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: RECORD_BYTES_MAX,
    // Nothing is left for the stream to give: a record is taken here. The types do not know of `raw`.
    on_record: (parsed: unknown, info) => {
      told(parsed as Parsed, info);
      return null;
    },
    // `written` is told of an error as well.
  }).on('error', () => undefined);

function recordOf({ record, raw }: Parsed, read: number, lines: Lines): CsvRecord {
  const { breaks, crlfs } = breaksIn(record, raw);
  // The parser counts a CRLF inside quotes as two lines.
  lines.overcounted += crlfs;
  lines.last = read - lines.overcounted;
  const text = raw.replace(/^[\r\n]+|[\r\n]+$/g, '');
  return { line: lines.last - breaks, raw: text, fields: record };
}

/** Line breaks inside the quotes of a record; nearly always none, so the text is looked at before the fields. */
function breaksIn(fields: readonly string[], raw: string): { breaks: number; crlfs: number } {
  if (!/[\r\n][^\r\n]/.test(raw)) return { breaks: 0, crlfs: 0 };
  const text = fields.join(',');
  return {
    breaks: text.match(/\r\n|\r|\n/g)?.length ?? 0,
    crlfs: text.match(/\r\n/g)?.length ?? 0,
  };
}

const isUnclosed = (error: unknown): boolean =>
  ['CSV_QUOTE_NOT_CLOSED', 'CSV_MAX_RECORD_SIZE'].includes((error as CsvError).code);
