import type { z } from 'zod';
import { Proposal, ProposalHistory, Stage } from '../api/schema/proposals';
import { countOption, wordOption } from './arguments';
import type { Cli, Listed, Ordered, Printed } from './cli';
import { openApi } from './client';
import { inUrl, order } from './order';
import { printRows, type Column } from './print-rows';
import { wallClock } from './screen';
import { termOf } from './terms';

export type ProposalListOptions = Listed &
  Readonly<{ all?: boolean; stage?: string; station?: string; customer?: string }>;

/** Prints the proposals of the prepaid device, the latest first. */
export async function listProposals(cli: Cli, options: ProposalListOptions): Promise<void> {
  const { stage, station, customer: customerNo, all } = options;
  const limit = countOption(cli, options.limit);
  const query = { stage, station, customerNo, state: all === true ? 'all' : 'open' };
  const api = await openApi(cli);
  const rows = await api.list('/proposals', { query, answer: Proposal, limit });
  await printRows(cli, Proposal, rows, columnsOf(cli), options);
}

const columnsOf = (cli: Cli): Column<z.output<typeof Proposal>>[] => [
  { head: cli.t('head.proposal'), of: ({ id }) => id },
  { head: cli.t('head.customer'), of: ({ customerNo }) => customerNo },
  { head: cli.t('head.station'), of: ({ station }) => station },
  { head: cli.t('head.stage'), of: ({ stage }) => termOf(cli, stage) },
  { head: cli.t('head.when'), of: ({ stageAt }) => wallClock(stageAt) },
  { head: cli.t('head.assignee'), of: ({ task }) => task?.assignee ?? '' },
  { head: cli.t('head.why'), grows: true, of: ({ why, reason }) => reason || why },
];

/** Prints one proposal, and below it what was done for it. */
export async function showProposal(cli: Cli, id: string, { json }: Printed): Promise<void> {
  const { t, screen } = cli;
  const api = await openApi(cli);
  const found = await api.get(`/proposals/${inUrl(id)}`, { answer: ProposalHistory });
  if (json === true) {
    screen.json(found);
    return;
  }
  await printRows(cli, Proposal, [found], columnsOf(cli), {});
  screen.line('');
  await screen.table(
    [
      ...[{ head: t('head.when') }, { head: t('head.stage') }, { head: t('head.assignee') }],
      ...[{ head: t('head.outcome') }, { head: t('head.detail'), grows: true }],
    ],
    found.history.map((task) => [
      ...[wallClock(task.openedAt), termOf(cli, task.stage), task.assignee],
      ...[termOf(cli, task.outcome ?? ''), task.note],
    ]),
  );
}

/** The stage is the one that the person saw: whoever comes second is refused, instead of moving it on once more. */
export const advance = async (
  cli: Cli,
  id: string,
  seen: Readonly<{ stage: string; outcome: string }>,
  options: Ordered,
): Promise<void> =>
  order(cli, options, {
    path: `/proposals/${inUrl(id)}/outcome`,
    body: {
      stage: wordOption(cli, seen.stage, Stage.options),
      outcome: wordOption(cli, seen.outcome, ['done', 'agrees', 'refuses']),
    },
    done: 'proposal.advance.done',
  });

/** The letter goes out when it may; it is told here only that it was ordered. */
export const sendLetter = (cli: Cli, id: string, options: Ordered): Promise<void> =>
  order(cli, options, {
    path: `/proposals/${inUrl(id)}/letter`,
    done: 'proposal.letter.done',
  });

export const withdraw = (cli: Cli, id: string, options: Ordered): Promise<void> =>
  order(cli, options, {
    path: `/proposals/${inUrl(id)}/withdrawal`,
    done: 'proposal.withdraw.done',
  });
