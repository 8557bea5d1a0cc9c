import { MutationCache, QueryClient } from '@tanstack/react-query';
import { Problem } from './api/problem.ts';
import { notifyProblem } from './kit/notify.ts';
import { session } from './session/session.ts';

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: {
      /** Tables whose changes it shows, besides the one that its key begins with. */
      tables?: string[];
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
