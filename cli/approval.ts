import type { Command } from 'commander';
import { below, listing, ordering, showing, type Cli, type Listed, type Ordered } from './cli';
import type { ApprovalListOptions } from './approvals';

/** `tarim approval …`, and what another person has to approve: `tarim override …` and `tarim waiver …`. */
export function register(program: Command, cli: Cli): void {
  registerApprovals(below(program, cli, 'approval', 'approval'), cli);
  registerOverrides(below(program, cli, 'override', 'override'), cli);
  registerWaivers(below(program, cli, 'waiver', 'waiver'), cli);
}

function registerApprovals(approval: Command, cli: Cli): void {
  listing(below(approval, cli, 'list', 'approval.list'), cli)
    .option('--all', cli.t('approval.list.all'))
    .option('--customer <no>', cli.t('opt.customer'))
    .action(async (options: ApprovalListOptions) => {
      const { listApprovals } = await import('./approvals.js');
      await listApprovals(cli, options);
    });
  showing(below(approval, cli, 'show <approval>', 'approval.show'), cli).action(
    async (id: string) => {
      const { showApproval } = await import('./approvals.js');
      await showApproval(cli, id);
    },
  );
  ordering(below(approval, cli, 'decide <approval> <decision>', 'approval.decide'), cli).action(
    async (id: string, decision: string, options: Ordered) => {
      const { decide } = await import('./approvals.js');
      await decide(cli, id, decision, options);
    },
  );
}

function registerOverrides(override: Command, cli: Cli): void {
  listing(below(override, cli, 'list', 'override.list'), cli)
    .option('--all', cli.t('override.list.all'))
    .option('--customer <no>', cli.t('opt.customer'))
    .action(async (options: ApprovalListOptions) => {
      const { listOverrides } = await import('./overrides.js');
      await listOverrides(cli, options);
    });
  ordering(below(override, cli, 'ask <customer> <level>', 'override.ask'), cli)
    .requiredOption('--until <day>', cli.t('override.until'))
    .action(async (no: string, level: string, options: Ordered & { until: string }) => {
      const { askOverride } = await import('./overrides.js');
      await askOverride(cli, no, level, options);
    });
  ordering(below(override, cli, 'end <customer>', 'override.end'), cli).action(
    async (no: string, options: Ordered) => {
      const { endOverride } = await import('./overrides.js');
      await endOverride(cli, no, options);
    },
  );
}

function registerWaivers(waiver: Command, cli: Cli): void {
  listing(below(waiver, cli, 'list', 'waiver.list'), cli)
    .option('--customer <no>', cli.t('opt.customer'))
    .action(async (options: Listed & { customer?: string }) => {
      const { listWaivers } = await import('./overrides.js');
      await listWaivers(cli, options);
    });
  ordering(below(waiver, cli, 'ask <bill> <amount>', 'waiver.ask'), cli).action(
    async (billNo: string, amount: string, options: Ordered) => {
      const { askWaiver } = await import('./overrides.js');
      await askWaiver(cli, billNo, amount, options);
    },
  );
}
