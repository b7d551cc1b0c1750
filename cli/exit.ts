import { ConfigError } from '../config';
import { NothingRuns } from '../engine/connect';
import { HomeIsTaken } from '../engine/home';

/** What a shell is told. */
export const EXIT = {
  done: 0,
  failure: 1,
  usage: 2,
  partly: 3,
  refused: 4,
  tryLater: 75,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends a command with a code and a sentence for the person who typed it. */
export class Exit extends Error {
  readonly code: ExitCode;

  constructor(code: ExitCode, sentence: string) {
    super(sentence);
    this.name = 'Exit';
    this.code = code;
  }
}

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof Exit) return error.code;
  if (error instanceof ConfigError) return EXIT.usage;
  if (error instanceof HomeIsTaken) return EXIT.refused;
  if (error instanceof NothingRuns) return EXIT.tryLater;
  return EXIT.failure;
}
