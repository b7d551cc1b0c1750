import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './api';
import { noteAnswer } from './connection';

/** The key under which the session is kept. */
export const SESSION = ['session'];

const hasStatus = (error: unknown, status: number): boolean =>
  error instanceof ApiError && error.status === status;
const TRIES = 2;

/**
 * One for the page. Whoever hears that nobody is signed in any more sends the reader to the sign-in; whoever hears that the person may not has
 * what the person may read again, so that the page no longer offers it.
 */
export function makeQueryClient(): QueryClient {
  const onSuccess = () => noteAnswer();
  const onError = (error: unknown) => {
    noteAnswer(error);
    if (hasStatus(error, 401)) client.setQueryData(SESSION, null);
    if (hasStatus(error, 403)) void client.invalidateQueries({ queryKey: SESSION });
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError, onSuccess }),
    mutationCache: new MutationCache({ onError, onSuccess }),
    defaultOptions: {
      // What cannot be done without a network fails and says so, instead of waiting unseen.
      mutations: { networkMode: 'always' },
      queries: {
        networkMode: 'always',
        staleTime: 5_000,
        // What the API said clearly does not change by asking again.
        retry: (failures, error) =>
          failures < TRIES &&
          !(error instanceof ApiError && error.status >= 400 && error.status < 500),
      },
    },
  });
  return client;
}
