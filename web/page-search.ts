import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

export type Search = Record<string, string | undefined>;

// The router reads what looks like JSON as such.
const textOf = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/**
 * The page's state in its address, so that links and the back button keep it. `set` merges, replaces the entry in the
 * history unless told to add one, and an undefined value leaves.
 */
export function usePageSearch(): [Search, (change: Search, add?: boolean) => void] {
  const raw = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const set = useCallback(
    (change: Search, add = false) =>
      void navigate({
        to: '.',
        search: (old: Record<string, unknown>) => ({ ...old, ...change }),
        replace: !add,
      } as Parameters<typeof navigate>[0]),
    [navigate],
  );
  const search = Object.fromEntries(
    Object.entries(raw).map(([name, value]) => [name, value === undefined ? undefined : textOf(value)]),
  );
  return [search, set];
}
