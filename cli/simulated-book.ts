import { openDb } from '../db/client';
import { rulesOnFile, type RulesOnFile } from '../db/rules-on-file';
import { shippedHolidays } from '../db/shipped-holidays';
import type { CalendarRow } from '../domain/calendar';
import type { GradingPolicy } from '../domain/grading';
import type { LadderPolicy } from '../domain/policy';
import type { PolicyKind } from '../domain/policy-check';
import type { ReadBook } from '../simulation/read-book';
import type { Cli } from './cli';
import { databaseUrlOf } from './database';
import { Exit, EXIT } from './exit';
import { plainly } from './plainly';
import { gradingOf, ladderOf } from './policy-named';

export type BookOptions = Readonly<{ book?: string; fromDatabase?: boolean }>;

/** What a simulation is of, and where the rules that it names are found. */
export type SimulatedBook = ReadBook &
  Readonly<{
    holidays: readonly CalendarRow[];
    /** By name; undefined: the one that holds when nothing is said. @throws Exit 2 when there is none. */
    ladder: (name: string | undefined) => Promise<LadderPolicy>;
    grading: (name: string | undefined) => Promise<GradingPolicy>;
  }>;

/** The book of a folder with the rules that Tarim ships, or the station's own with the rules on file. @throws Exit 2 unless one is named. */
export async function simulatedBook(cli: Cli, options: BookOptions): Promise<SimulatedBook> {
  const { book, fromDatabase = false } = options;
  if ((book === undefined) !== fromDatabase) throw new Exit(EXIT.usage, cli.t('rehearse.one'));
  return book === undefined ? ofDatabase(cli) : ofFolder(cli, book);
}

async function ofFolder(cli: Cli, folder: string): Promise<SimulatedBook> {
  const { readBook } = await import('../simulation/read-book.js');
  return {
    ...(await plainly(cli, () => readBook(folder))),
    holidays: shippedHolidays(),
    ladder: (name = 'tabei-v1') => ladderOf(cli, name),
    grading: (name = 'tabei-grade-v1') => gradingOf(cli, name),
  };
}

/** Only read. A version that is on file goes before a file of that name. */
async function ofDatabase(cli: Cli): Promise<SimulatedBook> {
  const { loadBook } = await import('../simulation/load-book.js');
  const db = openDb(databaseUrlOf(await cli.config()), 1);
  const read = async () => ({ rules: await rulesOnFile(db), customers: await loadBook(db) });
  const { rules, customers } = await plainly(cli, read).finally(() => db.$disconnect());
  const idOf = (kind: PolicyKind, name: string | undefined): string => {
    const id = name ?? rules.inForce[kind];
    if (id === null) throw new Exit(EXIT.refused, cli.t('simulate.noneInForce'));
    return id;
  };
  return {
    ...{ customers, rejected: 0, holidays: rules.holidays },
    async ladder(name) {
      const id = idOf('ladder', name);
      return (versionOf(rules, 'ladder', id) as LadderPolicy | null) ?? ladderOf(cli, id);
    },
    async grading(name) {
      const id = idOf('grading', name);
      return (versionOf(rules, 'grading', id) as GradingPolicy | null) ?? gradingOf(cli, id);
    },
  };
}

function versionOf({ policies }: RulesOnFile, kind: PolicyKind, id: string): object | null {
  const row = policies.find((one) => one.id === id && one.kind === kind);
  return row === undefined ? null : { ...row.body, id };
}
