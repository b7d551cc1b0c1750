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

/** By name: to load the modules of these errors would cost every command a tenth of a second. */
const CODES: Readonly<Record<string, ExitCode>> = {
  ConfigError: EXIT.usage,
  HomeIsTaken: EXIT.refused,
  MayNotCreate: EXIT.refused,
  MissingRule: EXIT.refused,
  NothingRuns: EXIT.tryLater,
};

/** Null for what is no outcome that a command expects. */
export function expectedCodeOf(error: unknown): ExitCode | null {
  if (error instanceof Exit) return error.code;
  return error instanceof Error ? (CODES[error.name] ?? null) : null;
}
