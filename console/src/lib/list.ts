import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query';
import { useMemo } from 'react';

/** Others act too: what is short is read again by itself. */
export const AGAIN_MS = 15_000;

type Page<Row> = { items: Row[]; nextCursor: string | null };

/** A list that comes page by page, as one; `more` fetches the next page, null: there is none. */
export function useList<Row>(
  queryKey: QueryKey,
  read: (turn: { cursor: string | undefined; signal: AbortSignal }) => Promise<Page<Row>>,
  again: number | false = AGAIN_MS,
) {
  const { data, error, isFetching, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } =
    useInfiniteQuery({
      queryKey,
      queryFn: ({ pageParam, signal }) => read({ cursor: pageParam, signal }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
      refetchInterval: again,
    });
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items), [data]);
  return {
    /** Undefined: not read yet. */
    rows,
    error,
    isFetching,
    turning: isFetchingNextPage,
    more: hasNextPage ? () => void fetchNextPage() : null,
    again: () => void refetch(),
  };
}

export type List<Row> = Omit<ReturnType<typeof useList>, 'rows'> & { rows: Row[] | undefined };
