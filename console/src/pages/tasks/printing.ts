import { useMutation, useQueryClient } from '@tanstack/react-query';
import { download } from '../../lib/download';
import { TASKS } from './reads';

/** What came of a batch; `next`: the cursor of the one that follows. */
export type Printed = Readonly<{
  printed: number;
  leftOut: readonly string[];
  next: string | null;
}>;

const numberOf = (text: string | null): number => Number(text ?? 0);
const listOf = (text: string | null): string[] => (text === null ? [] : text.split(','));

/** Writes letters into one PDF and hands it to the browser. That each was printed is on record, once for each press of the button. */
export function usePrinting() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (address: string): Promise<Printed> => {
      const headers = await download(address, { name: 'letters.pdf', key: crypto.randomUUID() });
      return {
        printed: numberOf(headers.get('tarim-printed')),
        leftOut: listOf(headers.get('tarim-left-out')),
        next: headers.get('tarim-next-cursor'),
      };
    },
    onSuccess: () => void client.invalidateQueries({ queryKey: TASKS }),
  });
}
