import { usePageSearch } from '../../../web/page-search.ts';
import { usePipelines } from '../../pipelines/web/use-pipelines.ts';
import type { Pipeline } from './deal.ts';

export const views = ['board', 'table', 'forecast'] as const;
export type View = (typeof views)[number];
export const EVERY = 'all';

/** The months that a forecast leads to, as the API names them. */
export const dayFilters = ['close_from', 'close_to', 'no_close', 'closed_from', 'closed_to'] as const;
export type Days = Partial<Record<(typeof dayFilters)[number], string>>;

/** What the page's address says: which deals, and how they are shown. */
export function useFilters() {
  const [search, set] = usePageSearch();
  const pipelines = usePipelines();
  const items = pipelines.data?.items;
  const view = views.find((name) => name === search.view) ?? 'board';
  const standard = items?.find((item) => item.is_default) ?? items?.[0];
  const pipeline: Pipeline | undefined = items?.find(({ id }) => id === search.pipeline) ?? standard;
  // A board is of one pipeline; a table or a forecast may be of all.
  const isEvery = search.pipeline === EVERY && view !== 'board';
  const { q = '', owner, open, status, sort, currency } = search;
  const days = Object.fromEntries(
    dayFilters.map((name) => [name, search[name]]).filter(([, day]) => day !== undefined),
  );
  return { view, set, pipelines, pipeline, isEvery, q, owner, open, status, sort, currency, days: days as Days };
}

export type Filters = ReturnType<typeof useFilters>;
