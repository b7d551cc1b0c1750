import type {
  Approval,
  Dispute,
  GradeOverride,
  Hold,
  PromiseToPay,
  Proposal,
} from '../../../generated/api';
import { isLost } from '../../lib/connection';
import {
  useApprovals,
  useDisputes,
  useHolds,
  useNextSteps,
  useOverrides,
  usePromises,
  useProposals,
  useStanding,
} from './reads';

/** What is in force over a customer now: it is shown at the head of the page, and decides what can be ordered. */
export type InForce = Readonly<{
  holds: readonly Hold[];
  promise: PromiseToPay | null;
  disputes: readonly Dispute[];
  proposal: Proposal | null;
  override: GradeOverride | null;
  approvals: readonly Approval[];
}>;

/** Reads all that stands above the fold, so that it comes at once and nothing jumps. `error`: the first of them that failed. */
export function useCustomer(customerNo: string) {
  const standing = useStanding(customerNo);
  const next = useNextSteps(customerNo);
  const holds = useHolds(customerNo, 'inForce');
  const promises = usePromises(customerNo);
  const disputes = useDisputes(customerNo);
  const proposals = useProposals(customerNo);
  const overrides = useOverrides(customerNo);
  const approvals = useApprovals(customerNo);
  const all = [standing, next, holds, promises, disputes, proposals, overrides, approvals];
  const inForce: InForce = {
    holds: rowsOf(holds),
    promise: rowsOf(promises).find(({ kept }) => kept === null) ?? null,
    disputes: rowsOf(disputes).filter(({ resolvedAt }) => resolvedAt === null),
    proposal: rowsOf(proposals).find(({ closedAt }) => closedAt === null) ?? null,
    override: rowsOf(overrides)[0] ?? null,
    approvals: rowsOf(approvals),
  };
  return {
    // Disabled ones never come, and are not waited for. What failed and is tried again takes nothing away: a dialog may be open.
    ready: all.every(({ isLoading, isFetched }) => isFetched || !isLoading),
    customer: standing.data,
    inForce,
    // A lost connection is told at the foot of the page; what was read stays.
    error: all.find(({ error, data }) => error && !(data && isLost(error)))?.error ?? null,
    again: () => all.forEach(({ error, refetch }) => error && void refetch()),
  };
}

const rowsOf = <Row>({ data }: { data: { items: Row[] } | undefined }): Row[] => data?.items ?? [];
