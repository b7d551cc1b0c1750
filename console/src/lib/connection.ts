import { useEffect, useSyncExternalStore } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { ApiError, call } from './api';

/** Since when no answer came; null: the last one came. */
let lostAt: string | null = null;
const watchers = new Set<() => void>();

function become(at: string | null): void {
  if ((lostAt === null) === (at === null)) return;
  lostAt = at;
  for (const tell of watchers) tell();
}

/** Whether there was no answer at all: the network or the server is away. */
export const isLost = (error: unknown): boolean => error instanceof ApiError && error.status === 0;

/** Told of every answer and of every failure: they show whether the server can be reached. */
export function noteAnswer(error: unknown = null): void {
  if (error === null || !isLost(error)) become(null);
  else become(new Date().toISOString());
}

const AGAIN_MS = 3_000;

/** Since when the server cannot be reached; null: it can. While it cannot it is tried again; then all that is shown is read anew. */
export function useLostAt(): string | null {
  const client = useQueryClient();
  const at = useSyncExternalStore(
    (tell) => {
      watchers.add(tell);
      return () => void watchers.delete(tell);
    },
    () => lostAt,
  );
  useEffect(() => {
    if (at === null) return undefined;
    const again = setInterval(() => {
      call('GET /session').then(
        () => {
          noteAnswer();
          void client.invalidateQueries();
        },
        (error: unknown) => noteAnswer(error),
      );
    }, AGAIN_MS);
    return () => clearInterval(again);
  }, [at, client]);
  return at;
}
