import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Proposal } from '../../../generated/api';
import { call } from '../../lib/api';
import { useMay } from '../../lib/session';

/** Others act too, and time passes: the page follows by itself. */
const AGAIN_MS = 15_000;
/** All that is read about one customer begins with this key, so that an order makes all of it be read again. */
const keyOf = (customerNo: string) => ['customers', customerNo] as const;
/** What an order about a customer may change. */
export const changesOf = ({ customerNo }: { customerNo: string }) => [
  keyOf(customerNo),
  ['customers', 'list'],
];

/** The API words its sentences in the reader's language: what was read in the other one is another answer. */
const language = (): string => document.documentElement.lang;
/** A customer has a few of these at a time, and a hundred in his life. */
const FEW = 50;

export const useStanding = (customerNo: string) =>
  useQuery({
    queryKey: [...keyOf(customerNo), 'standing', language()],
    queryFn: ({ signal }) =>
      call('GET /customers/{customerNo}', { params: { customerNo }, signal }),
    refetchInterval: AGAIN_MS,
  });

export const useNextSteps = (customerNo: string) =>
  useQuery({
    queryKey: [...keyOf(customerNo), 'next', language()],
    queryFn: ({ signal }) =>
      call('GET /customers/{customerNo}/next', { params: { customerNo }, signal }),
    refetchInterval: AGAIN_MS,
  });

/** From an instant on; null: all of it. Not `asked` while it is not known since when. */
export const useTimeline = (customerNo: string, since: string | null, asked: boolean) =>
  useQuery({
    queryKey: [...keyOf(customerNo), 'timeline', since, language()],
    queryFn: ({ signal }) =>
      call('GET /customers/{customerNo}/timeline', {
        params: { customerNo },
        query: { since: since ?? undefined },
        signal,
      }),
    refetchInterval: AGAIN_MS,
    enabled: asked,
  });

/** The months that were opened for the customer, the latest first. */
export const useMonths = (customerNo: string) =>
  useQuery({
    queryKey: [...keyOf(customerNo), 'months'],
    queryFn: ({ signal }) => call('GET /cycles', { query: { customerNo, limit: FEW }, signal }),
  });

/** One message with all that it said; it changes by its receipt only. */
export const useMessage = (customerNo: string, id: string) =>
  useQuery({
    queryKey: [...keyOf(customerNo), 'message', id],
    queryFn: ({ signal }) => call('GET /messages/{id}', { params: { id }, signal }),
  });

const ROWS = 24;
const pages = { initialPageParam: undefined as string | undefined };
const cursorOf = ({ nextCursor }: { nextCursor: string | null }) => nextCursor ?? undefined;

export const useBills = (customerNo: string) =>
  useInfiniteQuery({
    queryKey: [...keyOf(customerNo), 'bills'],
    queryFn: ({ pageParam: cursor, signal }) =>
      call('GET /bills', { query: { customerNo, limit: ROWS, cursor }, signal }),
    ...pages,
    getNextPageParam: cursorOf,
  });

export const usePayments = (customerNo: string) =>
  useInfiniteQuery({
    queryKey: [...keyOf(customerNo), 'payments'],
    queryFn: ({ pageParam: cursor, signal }) =>
      call('GET /payments', { query: { customerNo, limit: ROWS, cursor }, signal }),
    ...pages,
    getNextPageParam: cursorOf,
  });

export const useGrades = (customerNo: string) =>
  useInfiniteQuery({
    queryKey: [...keyOf(customerNo), 'grades', language()],
    queryFn: ({ pageParam: cursor, signal }) =>
      call('GET /customers/{customerNo}/grades', {
        params: { customerNo },
        query: { limit: ROWS, cursor },
        signal,
      }),
    ...pages,
    getNextPageParam: cursorOf,
  });

/** The penalty of each bill that has any. */
export const usePenalties = (customerNo: string) =>
  useQuery({
    queryKey: [...keyOf(customerNo), 'penalties'],
    queryFn: ({ signal }) =>
      call('GET /customers/{customerNo}/penalties', { params: { customerNo }, signal }),
  });

/** By the station's clock, which only the API knows, `inForce` or all that ever were. */
export const useHolds = (customerNo: string, state: 'inForce' | 'all') =>
  useQuery({
    queryKey: [...keyOf(customerNo), 'holds', state],
    queryFn: ({ signal }) =>
      call('GET /holds', { query: { customerNo, state, limit: FEW }, signal }),
    refetchInterval: AGAIN_MS,
  });

export const usePromises = (customerNo: string) =>
  useQuery({
    queryKey: [...keyOf(customerNo), 'promises'],
    queryFn: ({ signal }) =>
      call('GET /promises', { query: { customerNo, state: 'all', limit: FEW }, signal }),
  });

export const useDisputes = (customerNo: string) =>
  useQuery({
    queryKey: [...keyOf(customerNo), 'disputes'],
    queryFn: ({ signal }) =>
      call('GET /disputes', { query: { customerNo, state: 'all', limit: FEW }, signal }),
  });

export const useProposals = (customerNo: string) =>
  useQuery({
    queryKey: [...keyOf(customerNo), 'proposals'],
    queryFn: ({ signal }) =>
      call('GET /proposals', { query: { customerNo, state: 'all', limit: FEW }, signal }),
  });

/** What the open task of a proposal may come to, in words. */
export function useEndings(customerNo: string, proposal: Proposal | null) {
  const id = proposal?.task?.id ?? '';
  return useQuery({
    queryKey: [...keyOf(customerNo), 'endings', id, language()],
    queryFn: ({ signal }) => call('GET /tasks/{id}', { params: { id }, signal }),
    enabled: id !== '',
  });
}

export const useOverrides = (customerNo: string) =>
  useQuery({
    queryKey: [...keyOf(customerNo), 'overrides'],
    queryFn: ({ signal }) =>
      call('GET /grade-overrides', { query: { customerNo, limit: FEW }, signal }),
  });

/** What waits for a second person; nothing for who may not see it. */
export function useApprovals(customerNo: string) {
  const enabled = useMay()('approval.read');
  return useQuery({
    queryKey: [...keyOf(customerNo), 'approvals'],
    queryFn: ({ signal }) => call('GET /approvals', { query: { customerNo, limit: FEW }, signal }),
    enabled,
  });
}
