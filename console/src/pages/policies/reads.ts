import { useQuery } from '@tanstack/react-query';
import { call } from '../../lib/api';

/** Every version of every policy; a station has few. */
export const useVersions = () =>
  useQuery({
    queryKey: ['policies', 'list'],
    queryFn: ({ signal }) => call('GET /policies', { signal }),
  });

export const usePolicy = (id: string) =>
  useQuery({
    queryKey: ['policies', 'one', id],
    queryFn: ({ signal }) => call('GET /policies/{id}', { params: { id }, signal }),
  });
