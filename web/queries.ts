import { MutationCache, QueryClient } from '@tanstack/react-query';
import { Problem } from './api/problem.ts';
import { notifyProblem } from './kit/notify.ts';
import { line } from './line.ts';
import { session } from './session/session.ts';

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: {
      /** Further tables whose changes renew it, beside the one that its key begins with. */
      tables?: readonly string[];
    };
    mutationMeta: {
      /** The form shows its problem itself. */
      quiet?: boolean;
    };
  }
}

const mayPass = (error: Error) => error instanceof Problem && (error.status === 0 || error.status >= 500);

export const queries = new QueryClient({
  mutationCache: new MutationCache({
    onError: (error, _input, _context, mutation) => {
      if (!mutation.meta?.quiet) notifyProblem(error);
    },
  }),
  defaultOptions: {
    queries: { staleTime: 30_000, retry: (failures, error) => failures < 2 && mayPass(error) },
    mutations: { retry: false },
  },
});

session.onForget(() => queries.clear());
line.onBack(() => void queries.invalidateQueries());

/** Fetches anew what shows rows of this table. */
export function renew(table: string): Promise<void> {
  return queries.invalidateQueries({
    predicate: ({ queryKey, meta }) => queryKey[0] === table || meta?.tables?.includes(table) === true,
  });
}
