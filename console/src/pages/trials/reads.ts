import { useQuery } from '@tanstack/react-query';
import type { Simulation } from '../../../generated/api';
import { call } from '../../lib/api';

const AT_WORK_MS = 1_000;
export const isUnderWay = ({ state }: Pick<Simulation, 'state'>): boolean =>
  state === 'waiting' || state === 'running';

/** The simulations of a version, the latest first; read again while one is under way. */
export const useSimulations = (policyId: string) =>
  useQuery({
    queryKey: ['simulations', 'of', policyId],
    queryFn: ({ signal }) =>
      call('GET /policies/{id}/simulations', { params: { id: policyId }, signal }),
    refetchInterval: ({ state }) =>
      state.data?.items.some(isUnderWay) === true ? AT_WORK_MS : false,
  });

/** What a report of before there were models and capacities does not say. */
const BEFORE = { model: null, capacities: null };

/** What one found, once there is one. It never changes. */
export const useReport = (id: string, there = true) =>
  useQuery({
    queryKey: ['simulations', 'report', id],
    queryFn: async ({ signal }) => ({
      ...BEFORE,
      ...(await call('GET /simulations/{id}/report', { params: { id }, signal })),
    }),
    staleTime: Infinity,
    enabled: there,
  });
