import { type QueryKey, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';

interface Source<Row> {
  /** Begins with the table's name, so that live changes find it. */
  key: QueryKey;
  /** Rows of one page, counted from 0, each of `size` rows but the last. */
  load: (page: number, size: number, signal: AbortSignal) => Promise<Row[]>;
  count: () => Promise<number>;
}

export const WINDOW_PAGE = 100;
type Span = [first: number, last: number];

interface Loaded<Row> {
  pages: ReadonlyMap<number, readonly Row[]>;
  total: number | undefined;
  error: Error | null;
}

/**
 * A list of any length, looked at through a window: only the pages around what is in view are loaded and kept fresh,
 * one more on either side, so that scrolling and jumping find their rows there.
 */
export function useWindow<Row>({ key, load, count }: Source<Row>) {
  const client = useQueryClient();
  const [spans, setSpans] = useState<Span[]>([[0, 0]]);
  const counted = useQuery({ queryKey: [...key, 'total'], queryFn: count });
  const furthest = Math.max(0, ...spans.map(([, last]) => last));
  const end = counted.data === undefined ? furthest : Math.max(0, Math.ceil(counted.data / WINDOW_PAGE) - 1);
  const numbers = new Set<number>();
  for (const [first, last] of spans) {
    const from = Math.min(Math.max(0, first - 1), end);
    for (let number = from; number <= Math.min(last + 1, end); number += 1) numbers.add(number);
  }
  const wanted = [...numbers];
  const page = (number: number) => ({
    queryKey: [...key, { page: number }],
    queryFn: ({ signal }: { signal: AbortSignal }) => load(number, WINDOW_PAGE, signal),
  });
  const answers = useQueries({ queries: wanted.map(page) });

  const pages = new Map<number, readonly Row[]>();
  for (const [index, number] of wanted.entries()) {
    const rows = answers[index]?.data;
    if (rows) pages.set(number, rows);
  }
  const short = [...pages].find(([, rows]) => rows.length < WINDOW_PAGE);
  const atLeast = Math.max(0, ...[...pages].map(([number, rows]) => number * WINDOW_PAGE + rows.length));
  const now: Loaded<Row> = {
    pages,
    total: counted.data ?? (short && (short[0] === 0 || short[1].length > 0) ? atLeast : undefined),
    error: answers.find(({ error }) => error)?.error ?? null,
  };
  // While another list loads, the one before stays to be read.
  const before = useRef(now);
  const isLoading = pages.size === 0 && now.error === null;
  if (!isLoading) before.current = now;
  const shown = isLoading ? before.current : now;

  const look = useCallback((rows: Span[]) => {
    if (rows.length === 0) return;
    const next = rows.map(([first, last]): Span => [Math.floor(first / WINDOW_PAGE), Math.floor(last / WINDOW_PAGE)]);
    setSpans((old) => (String(old) === String(next) ? old : next));
  }, []);

  return {
    rowAt: (index: number): Row | undefined => shown.pages.get(Math.floor(index / WINDOW_PAGE))?.[index % WINDOW_PAGE],
    /** How many rows there are to scroll through; before it is known, those that are loaded. */
    count: shown.total ?? atLeast,
    total: now.total,
    /** Nothing can be shown yet. */
    isPending: isLoading && before.current.pages.size === 0,
    isPlaceholder: isLoading,
    error: now.pages.size === 0 ? now.error : null,
    refetch: () => void client.invalidateQueries({ queryKey: key }),
    /** What is in view: parts of the list, by their first and last row. */
    look,
    /** The rows of a range, wherever it is, loaded where they are not. */
    rows: async (start: number, stop: number): Promise<Row[]> => {
      const numbers = new Set<number>();
      for (let index = start; index <= stop; index += 1) numbers.add(Math.floor(index / WINDOW_PAGE));
      const loaded = await Promise.all(
        [...numbers].map((number) => client.fetchQuery({ ...page(number), staleTime: 30_000 })),
      );
      const offset = Math.min(...numbers) * WINDOW_PAGE;
      return loaded.flat().slice(start - offset, stop - offset + 1);
    },
  };
}

export type Window<Row> = ReturnType<typeof useWindow<Row>>;
