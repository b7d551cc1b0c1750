import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { App } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from './api';

/**
 * An order: said once, however often the button is pressed or the network fails, because every try carries the same key until it is
 * answered. Then the reader is told, and what it may have changed is read again. What was refused and is given again, corrected, is
 * another order: the refusal is on record under the first key.
 */
export function useOrder<Given>(
  give: (given: Given, key: string) => Promise<unknown>,
  { said, changes, after }: { said: string; changes: readonly QueryKey[]; after?: () => void },
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
    onSuccess: () => {
      key.current = crypto.randomUUID();
      void message.success(t('order.done', { what: said }));
      for (const queryKey of changes) void client.invalidateQueries({ queryKey });
      after?.();
    },
  });
}

/** A clear no, and not a failure after which nobody knows what became of it. */
const isAnswer = (error: unknown): boolean =>
  error instanceof ApiError && error.status >= 400 && error.status < 500;
