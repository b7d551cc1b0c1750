import { useQuery } from '@tanstack/react-query';
import { call } from '../../lib/api';

/** Every experiment, the latest first; a station has few. */
export const useExperiments = () =>
  useQuery({
    queryKey: ['experiments', 'list'],
    queryFn: ({ signal }) => call('GET /experiments', { signal }),
  });

/** Both sides beside each other, of the reader's stations. */
export const useFigures = (id: string) =>
  useQuery({
    queryKey: ['experiments', 'figures', id],
    queryFn: ({ signal }) => call('GET /experiments/{id}/figures', { params: { id }, signal }),
  });
