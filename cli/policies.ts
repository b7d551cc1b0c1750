import type { Cli } from './cli';
import { Exit, EXIT } from './exit';
import { withSession } from './session';

export const listPolicies = (cli: Cli, { json }: { json?: boolean }): Promise<void> =>
  withSession(cli, async ({ db }) => {
    const rows = await db.policy.findMany({ orderBy: [{ kind: 'asc' }, { effectiveFrom: 'asc' }] });
    const shown = rows.map(({ id, kind, author, effectiveFrom }) => ({
      id,
      kind,
      author,
      effectiveFrom: effectiveFrom.toISOString().slice(0, 10),
    }));
    const { t, screen } = cli;
    if (json === true) screen.json(shown);
    else
      await screen.table(
        [t('head.policy'), t('head.kind'), t('head.by'), t('head.from')].map((head) => ({ head })),
        shown.map(({ id, kind, author, effectiveFrom }) => [id, kind, author, effectiveFrom]),
      );
  });

export const showPolicy = (cli: Cli, id: string): Promise<void> =>
  withSession(cli, async ({ db }) => {
    const row = await db.policy.findUnique({ where: { id } });
    if (row === null) throw new Exit(EXIT.refused, cli.t('policy.none', { id }));
    cli.screen.json(row);
  });
