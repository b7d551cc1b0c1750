import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { toFen, yuanForPeople } from '../domain/fen';
import { dateOf, minuteOfDay, type Instant } from '../domain/time';
import { tableLines, type Cell, type Head } from './table';

/** Where a command prints. Everything that is no result goes to stderr instead. */
export type Screen = Readonly<{
  line: (text: string) => void;
  json: (value: unknown) => void;
  /** For the person only, beside the result. */
  aside: (text: string) => void;
  /** How far long work is: a bar that grows in place where somebody looks, else a line at each tenth. */
  progress: (done: number, all: number) => void;
  /** A long text as it comes, no faster than it is taken. */
  stream: (text: AsyncIterable<string>) => Promise<void>;
  table: (heads: readonly Head[], rows: readonly (readonly Cell[])[]) => Promise<void>;
}>;

/** The terminal that a command runs in. */
export type Terminal = Readonly<{
  stdout: Writable;
  say: (text: string) => void;
  /** Infinite where nobody looks: a file takes lines of any length. */
  columns: number;
  colour: boolean;
}>;

export function screenOn({ stdout, say, columns, colour }: Terminal): Screen {
  const line = (text: string): void => void stdout.write(`${text}\n`);
  return {
    line,
    aside: (text) => say(`${text}\n`),
    json: (value) => line(JSON.stringify(value, plainNumbers, 2)),
    progress: progressOn(say, columns !== Infinity),
    stream: (text) => pipeline(Readable.from(text), stdout, { end: false }),
    async table(heads, rows) {
      const [head = '', ...rest] = await tableLines(heads, rows, columns);
      line(colour ? `\u001b[1m${head}\u001b[22m` : head);
      for (const text of rest) line(text);
    },
  };
}

const BAR = 30;

function progressOn(say: Terminal['say'], inPlace: boolean): Screen['progress'] {
  let told = -1;
  return (done, all) => {
    const step = Math.floor((done / all) * (inPlace ? BAR : 10));
    if (step === told && done < all) return;
    told = step;
    const filled = inPlace ? step : step * 3;
    const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${done}/${all}`;
    say(inPlace && done < all ? `\r${bar}` : `${inPlace ? '\r' : ''}${bar}\n`);
  };
}

/** Counts leave the database as bigint; all of ours are safe integers. */
const plainNumbers = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? Number(value) : value;

/** `¥1,234.56` */
export const money = (fen: number): string => {
  const text = yuanForPeople(toFen(fen));
  return text.startsWith('-') ? `-¥${text.slice(1)}` : `¥${text}`;
};

/** An instant as the station's wall clock shows it: `2026-03-31 09:00`. */
export function wallClock(at: string): string {
  const instant = at as Instant;
  const minute = minuteOfDay(instant);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${dateOf(instant)} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
