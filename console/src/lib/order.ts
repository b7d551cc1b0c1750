import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { App } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

/**
 * An order: said once, however often the button is pressed or the network fails, because every try carries the same key until it is
 * carried out. Then the reader is told, and what it may have changed is read again.
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
    onSuccess: () => {
      key.current = crypto.randomUUID();
      void message.success(t('order.done', { what: said }));
      for (const queryKey of changes) void client.invalidateQueries({ queryKey });
      after?.();
    },
  });
}
