import type { Command } from 'commander';
import { below, listing, ordering, showing, type Cli, type Ordered, type Printed } from './cli';
import type { ProposalListOptions } from './proposals';

/** `tarim proposal list|show|advance|letter|withdraw`: the prepaid device. */
export function register(program: Command, cli: Cli): void {
  const proposal = below(program, cli, 'proposal', 'proposal');
  listing(below(proposal, cli, 'list', 'proposal.list'), cli)
    .option('--all', cli.t('proposal.list.all'))
    .option('--stage <stage>', cli.t('proposal.list.stage'))
    .option('--station <code>', cli.t('opt.station'))
    .option('--customer <no>', cli.t('opt.customer'))
    .action(async (options: ProposalListOptions) => {
      const { listProposals } = await import('./proposals.js');
      await listProposals(cli, options);
    });
  showing(below(proposal, cli, 'show <proposal>', 'proposal.show'), cli).action(
    async (id: string, options: Printed) => {
      const { showProposal } = await import('./proposals.js');
      await showProposal(cli, id, options);
    },
  );
  ordering(
    below(proposal, cli, 'advance <proposal> <stage> <outcome>', 'proposal.advance'),
    cli,
  ).action(async (id: string, stage: string, outcome: string, options: Ordered) => {
    const { advance } = await import('./proposals.js');
    await advance(cli, id, { stage, outcome }, options);
  });
  ordering(below(proposal, cli, 'letter <proposal>', 'proposal.letter'), cli).action(
    async (id: string, options: Ordered) => {
      const { sendLetter } = await import('./proposals.js');
      await sendLetter(cli, id, options);
    },
  );
  ordering(below(proposal, cli, 'withdraw <proposal>', 'proposal.withdraw'), cli).action(
    async (id: string, options: Ordered) => {
      const { withdraw } = await import('./proposals.js');
      await withdraw(cli, id, options);
    },
  );
}
