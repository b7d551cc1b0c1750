import type { Client } from '@temporalio/client';
import type { Config } from '../config';
import type { Db } from '../db/client';
import type { RuleBook } from '../db/rules';

/** What the routes work with; wired in api/main.ts, and by tests. */
export type Deps = Readonly<{
  db: Db;
  book: RuleBook;
  config: Config;
  /** Connected when first asked for. @throws when the engine does not answer. */
  temporal: () => Promise<Client>;
  /** Null when the schema is the one of this version, else a sentence. */
  missingMigrations: () => Promise<string | null>;
}>;
