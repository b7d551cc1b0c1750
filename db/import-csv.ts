import { parse, type CsvError, type Info } from 'csv-parse';
import { pipeline, Readable } from 'node:stream';
import { WrongShape } from './wrong-shape';

/** `line` is where the record begins, the header's being 1; `raw` is the record as it stands in the file. */
export type CsvRecord = Readonly<{ line: number; raw: string; fields: readonly string[] }>;
type Parsed = { record: string[]; raw: string; info: Info };

const RECORD_BYTES_MAX = 64 * 1024;

/**
 * The records of a CSV text, header first, blank ones left out. Line ends may be mixed. A quote inside an unquoted
 * field is an ordinary character: one clumsy name must not cost the file.
 *
 * @throws {WrongShape} for a text that is no CSV at all: a quote that is never closed, a record without end.
 */
export async function* csvRecords(text: AsyncIterable<Buffer | string>): AsyncGenerator<CsvRecord> {
  const lines: Lines = { last: 0, overcounted: 0 };
  // The callback has nothing to add: an error of either stream comes out of the loop below.
  const parser = pipeline(Readable.from(text), csvParser(lines), () => undefined);
  try {
    yield* parser as AsyncIterable<CsvRecord>;
  } catch (error) {
    throw isUnclosed(error)
      ? new WrongShape(
          `A quote that opens after line ${lines.last} is never closed, or the record there is longer than ${RECORD_BYTES_MAX / 1024} KiB.`,
        )
      : error;
  }
}

/** Kept by the parser, which is ahead of whoever reads. */
type Lines = { last: number; overcounted: number };

const csvParser = (lines: Lines) =>
  parse({
    bom: true,
    info: true,
    raw: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: RECORD_BYTES_MAX,
    // Its types know neither of `raw` and `info` nor of any record but an array.
    on_record: (parsed: unknown) => recordOf(parsed as Parsed, lines) as never,
  });

function recordOf({ record, raw, info }: Parsed, lines: Lines): CsvRecord {
  const { breaks, crlfs } = breaksIn(record, raw);
  // The parser counts a CRLF inside quotes as two lines.
  lines.overcounted += crlfs;
  lines.last = info.lines - lines.overcounted;
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
