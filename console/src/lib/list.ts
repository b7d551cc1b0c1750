import {
  keepPreviousData,
  useInfiniteQuery,
  type Query,
  type QueryKey,
} from '@tanstack/react-query';
import { useMemo } from 'react';

/** Others act too: what is short is read again by itself. */
export const AGAIN_MS = 15_000;

/** A list is read again page by page, as it came: of one that was scrolled far that is a hundred questions whenever the window is looked at. */
const READ_AGAIN_PAGES = 5;

type Page<Row> = { items: Row[]; nextCursor: string | null };
type Pages = Readonly<{ pages: readonly unknown[] }>;

/** Unless something was ordered since: then what stands there may be wrong. */
const shouldReadAgain = ({ state }: Pick<Query, 'state'>): boolean =>
  state.isInvalidated || ((state.data as Pages | undefined)?.pages.length ?? 0) <= READ_AGAIN_PAGES;

type Reading = Readonly<{
  /** How often it is read again by itself, in milliseconds. */
  again?: number | false;
  /** What was read before stays until what is asked for now is there: who stands on a row that is in both keeps the place. */
  keeps?: boolean;
}>;

/** A list that comes page by page, as one; `more` fetches the next page, null: there is none. */
export function useList<Row>(
  queryKey: QueryKey,
  read: (turn: { cursor: string | undefined; signal: AbortSignal }) => Promise<Page<Row>>,
  { again = AGAIN_MS, keeps = false }: Reading = {},
) {
  const { data, error, isFetching, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } =
    useInfiniteQuery({
      queryKey,
      queryFn: ({ pageParam, signal }) => read({ cursor: pageParam, signal }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
      refetchInterval: again,
      ...(keeps ? { placeholderData: keepPreviousData } : {}),
      refetchOnMount: shouldReadAgain,
      refetchOnWindowFocus: shouldReadAgain,
      refetchOnReconnect: shouldReadAgain,
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
