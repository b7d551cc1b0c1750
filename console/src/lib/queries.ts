import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './api';
import { noteAnswer } from './connection';

/** The key under which the session is kept. */
export const SESSION = ['session'];

const isSignedOut = (error: unknown): boolean => error instanceof ApiError && error.status === 401;
const TRIES = 2;

/** One for the page. Whoever hears that nobody is signed in any more sends the reader to the sign-in. */
export function makeQueryClient(): QueryClient {
  const onSuccess = () => noteAnswer();
  const onError = (error: unknown) => {
    noteAnswer(error);
    if (isSignedOut(error)) client.setQueryData(SESSION, null);
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
