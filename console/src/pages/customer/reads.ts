import { useQuery } from '@tanstack/react-query';
import { call } from '../../lib/api';

/** Others act too, and time passes: the page follows by itself. */
const AGAIN_MS = 15_000;
/** All that is read about one customer begins with this key, so that an order makes all of it be read again. */
export const keyOf = (customerNo: string) => ['customers', customerNo] as const;

/** The API words its sentences in the reader's language: what was read in the other one is another answer. */
const language = (): string => document.documentElement.lang;

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

export const useTimeline = (customerNo: string) =>
  useQuery({
    queryKey: [...keyOf(customerNo), 'timeline', language()],
    queryFn: ({ signal }) =>
      call('GET /customers/{customerNo}/timeline', { params: { customerNo }, signal }),
    refetchInterval: AGAIN_MS,
  });
