import {
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
  type QueryKey,
} from '@tanstack/react-query';
import { App } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from './api';

/** What goes with an order: its key, or that it is only tried. To be spread into `call`. */
export type How = Readonly<{ key: string } | { dryRun: true }>;

/** What an order sets in motion comes a moment after it: the worker is told and acts. */
const AGAIN_AFTER_MS = [0, 1_500, 5_000];

/** Reads again what an order may have changed: at once, and when the worker has had its turn. */
function readAgain(client: QueryClient, changes: readonly QueryKey[]): void {
  for (const ms of AGAIN_AFTER_MS)
    setTimeout(() => {
      for (const queryKey of changes) void client.invalidateQueries({ queryKey });
    }, ms);
}

/**
 * An order: said once, however often the button is pressed or the network fails, because every try carries the same key until it is
 * answered. Then the reader is told, and what it may have changed is read again. What was refused and is given again, corrected, is
 * another order: the refusal is on record under the first key.
 */
export function useOrder<Given, Answer>(
  give: (given: Given, key: string) => Promise<Answer>,
  {
    said,
    changes,
    after,
  }: { said: string; changes: readonly QueryKey[]; after?: (answer: Answer) => void },
) {
  const key = useRef<string>(crypto.randomUUID());
  const client = useQueryClient();
  const { message } = App.useApp();
  const { t } = useTranslation();
  return useMutation({
    mutationFn: (given: Given) => give(given, key.current),
    onError: (error) => {
      if (isAnswer(error)) key.current = crypto.randomUUID();
    },
    onSuccess: (answer) => {
      key.current = crypto.randomUUID();
      void message.success(t('order.done', { what: said }));
      readAgain(client, changes);
      after?.(answer);
    },
  });
}

/** A clear no, and not a failure after which nobody knows what became of it. */
const isAnswer = (error: unknown): boolean =>
  error instanceof ApiError && error.status >= 400 && error.status < 500;

/** What would become of an order, without doing it; null: it is not filled in yet. What is refused is refused with the API's sentence. */
export function useTrial<Given, Tried>(
  name: string,
  given: Given | null,
  attempt: ((given: Given) => Promise<Tried>) | undefined,
) {
  return useQuery({
    queryKey: ['trial', name, given],
    queryFn: async () => (given === null ? null : ((await attempt?.(given)) ?? null)),
    enabled: given !== null && attempt !== undefined,
    retry: false,
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}
