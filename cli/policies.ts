import type { Config } from '../config';
import { Exit, EXIT } from './exit';
import { printJson, printRows } from './output';
import { withSession } from './session';

export const listPolicies = (config: Config, options: { json?: boolean }): Promise<void> =>
  withSession(config, async ({ db }) => {
    const rows = await db.policy.findMany({ orderBy: [{ kind: 'asc' }, { effectiveFrom: 'asc' }] });
    const shown = rows.map(({ id, kind, author, effectiveFrom }) => ({
      id,
      kind,
      author,
      effectiveFrom: effectiveFrom.toISOString().slice(0, 10),
    }));
    printRows(shown, options);
  });

export const showPolicy = (config: Config, id: string): Promise<void> =>
  withSession(config, async ({ db }) => {
    const row = await db.policy.findUnique({ where: { id } });
    if (row === null)
      throw new Exit(EXIT.refused, `There is no policy ${id}. See: npx tarim policy list`);
    printJson(row);
  });
