import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { Session } from '../../generated/api';
import { ApiError, call, keepCsrfToken } from './api';
import { SESSION } from './queries';

export type Permission = Session['permissions'][number];

async function whoAmI(): Promise<Session | null> {
  try {
    return kept(await call('GET /session'));
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

function kept(session: Session): Session {
  keepCsrfToken(session.csrfToken);
  return session;
}

/** Asks before anything is drawn. What goes wrong is said by whoever reads it then. */
export const readSessionEarly = (client: QueryClient): void =>
  void client.query({ queryKey: SESSION, queryFn: whoAmI }).catch(() => undefined);

/** Who is signed in; null: nobody. */
export const useSession = () =>
  useQuery({
    queryKey: SESSION,
    queryFn: whoAmI,
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: 'always',
  });

/** Whether the person may. False also while that is unknown. */
export function useMay(): (permission: Permission) => boolean {
  const { data } = useSession();
  return (permission) => data?.permissions.includes(permission) === true;
}

/** Signs in; what an earlier person read is forgotten. */
export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { username: string; password: string }) => call('POST /session', { body }),
    onSuccess: (session) => {
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] });
      client.setQueryData(SESSION, kept(session));
    },
  });
}

/** Signs out, and forgets all that was read. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call('DELETE /session'),
    onSuccess: () => {
      keepCsrfToken(null);
      client.setQueryData(SESSION, null);
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] });
    },
  });
}

/** Whether the reader works for all stations: what concerns all of them is for nobody else. */
export const useEverywhere = (): boolean => useSession().data?.stations === null;
