import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { answer, api, type Item } from '../../../web/api/client.ts';
import { usePageSearch } from '../../../web/page-search.ts';
import type { Filter } from '../conditions.ts';
import { type Asked, groups } from './use-contacts.ts';

export type View = Item<'/api/saved-views'>;

/** What a view keeps, and what the address may say instead. */
export interface Definition {
  q?: string | undefined;
  filter?: string | undefined;
  sort?: string | undefined;
  columns?: string | undefined;
  group?: string | undefined;
}

export const viewsKey = ['saved_views', 'contacts'] as const;
const parts = ['q', 'filter', 'sort', 'columns', 'group'] as const;
export const DEFAULT_COLUMNS = 'company,status,email,phone,owner_id,lead_score,tags,updated_at,created_at';

export function useViews() {
  return useQuery({
    queryKey: viewsKey,
    queryFn: () => answer(api.GET('/api/saved-views', { params: { query: { resource: 'contacts', limit: 200 } } })),
    staleTime: 300_000,
  });
}

/** Links from elsewhere name single values: `?status=LEAD`. */
function plainFilter({ status, owner, source, tag }: Record<string, string | undefined>): string | undefined {
  const asked: Filter[] = [];
  if (status) asked.push({ field: 'status', op: 'in', value: status.split(',') });
  if (owner) asked.push({ field: 'owner_id', op: 'in', value: owner.split(',') });
  if (source) asked.push({ field: 'source', op: 'in', value: source.split(',') });
  if (tag) asked.push({ field: 'tags', op: 'has', value: tag });
  return asked.length > 0 ? JSON.stringify({ all: asked }) : undefined;
}

/** What the list shows: as its view says, with what the address says laid over. */
export function useListState() {
  const [search, setSearch] = usePageSearch();
  const views = useViews();
  const view = search.view ? views.data?.items.find(({ id }) => id === search.view) : undefined;
  return useMemo(() => {
    const { filters, ...definition } = (view?.definition ?? {}) as Definition & { filters?: Record<string, string> };
    const kept: Definition = { ...(filters ? { filter: plainFilter(filters) } : {}), ...definition };
    const given: Definition = { ...search, filter: search.filter ?? plainFilter(search) };
    const now = {
      q: given.q ?? kept.q ?? '',
      filter: given.filter ?? kept.filter ?? '',
      sort: given.sort ?? kept.sort ?? '',
      columns: given.columns ?? kept.columns ?? DEFAULT_COLUMNS,
      group: groups.find((group) => group === (given.group ?? kept.group)) ?? '',
    } as const;
    const asked: Asked = { q: now.q, filter: now.filter, sort: now.sort, group: now.group };
    const isChanged = parts.some((part) => given[part] !== undefined && given[part] !== (kept[part] ?? ''));
    const noPlain = { status: undefined, owner: undefined, source: undefined, tag: undefined };
    return {
      search,
      now,
      asked,
      view,
      /** A view that the address names and that is not there yet decides what is shown: until then, nothing is. */
      isWaiting: search.view !== undefined && views.isPending,
      isLost: search.view !== undefined && views.isSuccess && !view,
      isChanged,
      set(change: Definition) {
        // What the view says anyway need not stand in the address.
        const next = Object.entries({ ...given, ...change }).filter(([part]) =>
          (parts as readonly string[]).includes(part),
        );
        const clean = Object.fromEntries(
          next.map(([part, value]) => {
            const base = kept[part as keyof Definition] ?? (part === 'columns' ? DEFAULT_COLUMNS : '');
            return [part, value === undefined || value === base ? undefined : value];
          }),
        );
        setSearch({ ...noPlain, ...clean, ...('group' in change ? { closed: undefined } : {}) });
      },
      /** Back to what the view says; or to another view, or none. */
      choose(id: string | undefined) {
        const none = Object.fromEntries(parts.map((part) => [part, undefined]));
        setSearch({ ...noPlain, ...none, view: id, open: undefined, closed: undefined }, true);
      },
      /** Which groups are folded: kept in the address alone, as what is open is. */
      setClosed: (closed: string) => setSearch({ closed: closed || undefined }),
      setOpen: (open: string | undefined, isNew = false) => setSearch({ open }, isNew),
    };
  }, [search, setSearch, view, views.isPending, views.isSuccess]);
}

export type ListState = ReturnType<typeof useListState>;
