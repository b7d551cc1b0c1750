import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './api';

/** The key under which the session is kept. */
export const SESSION = ['session'];

const isSignedOut = (error: unknown): boolean => error instanceof ApiError && error.status === 401;
const TRIES = 2;

/** One for the page. Whoever hears that nobody is signed in any more sends the reader to the sign-in. */
export function makeQueryClient(): QueryClient {
  const onError = (error: unknown) => {
    if (isSignedOut(error)) client.setQueryData(SESSION, null);
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
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
