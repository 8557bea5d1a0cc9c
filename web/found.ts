import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { type Finder, type Found, finders } from './features.ts';

export interface Hits {
  finder: Finder;
  items: Found[];
}

/** What every finder finds by these words; `isPending` until the first answers to them are there. */
export function useFound(words: string, limit: number) {
  const queries = useQueries({
    queries: finders.map((finder) => ({
      queryKey: [finder.table, 'found', words, limit],
      queryFn: async ({ signal }: { signal: AbortSignal }) => (await finder.load()).find(words, limit, signal),
      enabled: words !== '',
      placeholderData: keepPreviousData,
    })),
  });
  const hits: Hits[] = finders.map((finder, index) => ({ finder, items: queries[index]?.data ?? [] }));
  return {
    hits: words === '' ? [] : hits,
    isPending: words !== '' && queries.some((query) => query.isPending),
    isOld: queries.some((query) => query.isPlaceholderData),
    error: queries.find((query) => query.isError)?.error,
    retry: () => {
      for (const query of queries) if (query.isError) void query.refetch();
    },
  };
}
