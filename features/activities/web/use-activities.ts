import { type QueryKey, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import type { paths } from '../../../web/api.d.ts';
import { offerUndo } from '../../../web/kit/undo.tsx';
import { queries, renew } from '../../../web/queries.ts';
import { trashPlace } from '../../trash/web/place.ts';
import type { Activity } from './activity.ts';

export type Query = NonNullable<paths['/api/activities']['get']['parameters']['query']>;
export type Change = NonNullable<
  paths['/api/activities/{activity_id}']['patch']['requestBody']
>['content']['application/json'];

const at = (id: string) => ({ path: { activity_id: id } });
const unchanged = (version: number) => ({ 'if-match': `"${version}"` });

export const useActivity = (id: string) =>
  useQuery({
    queryKey: ['activities', 'one', id],
    queryFn: () => answer(api.GET('/api/activities/{activity_id}', { params: at(id) })),
  });

/** Refused where a colleague changed it since it was read: nothing of theirs is lost. */
export const change = (id: string, body: Change, version?: number) =>
  answer(
    api.PATCH('/api/activities/{activity_id}', {
      params: at(id),
      body,
      ...(version === undefined ? {} : { headers: unchanged(version) }),
    }),
  );

type Cached = Activity | Activity[] | { items: Activity[] } | { pages: { items: Activity[] }[] } | undefined;

/** The same answer with one activity changed, in whichever shape it is kept. */
function within(cached: Cached, id: string, fields: Partial<Activity>): Cached {
  const swap = (one: Activity) => (one.id === id ? { ...one, ...fields } : one);
  if (!cached) return cached;
  if (Array.isArray(cached)) return cached.map(swap);
  if ('pages' in cached)
    return { ...cached, pages: cached.pages.map((page) => ({ ...page, items: page.items.map(swap) })) };
  if ('items' in cached) return { ...cached, items: cached.items.map(swap) };
  return swap(cached);
}

/** Shows a change everywhere at once; what is answered takes it back. */
export async function showAtOnce(id: string, fields: Partial<Activity>): Promise<() => void> {
  await queries.cancelQueries({ queryKey: ['activities'] });
  const before: [QueryKey, unknown][] = queries.getQueriesData({ queryKey: ['activities'] });
  queries.setQueriesData({ queryKey: ['activities'], predicate: ({ queryKey }) => queryKey[1] !== 'found' }, (cached) =>
    within(cached as Cached, id, fields),
  );
  return () => {
    for (const [key, data] of before) queries.setQueryData(key, data);
  };
}

/** Completes an activity, or opens it again; either can be taken back. */
export function useCompletion() {
  const { t } = useTranslation('activities');
  const set = useMutation({
    mutationFn: ({ activity, done }: { activity: Activity; done: boolean }) => setDone(activity, done),
    onMutate: ({ activity, done }) => showAtOnce(activity.id, { status: done ? 'completed' : 'pending' }),
    onError: (_error, _input, putBack) => putBack?.(),
    onSuccess: (_changed, { activity, done }) =>
      offerUndo(t(done ? 'completed' : 'reopened', { subject: activity.subject }), () =>
        setDone(activity, !done).finally(() => renew('activities')),
      ),
    onSettled: () => void renew('activities'),
  });
  return (activity: Activity, done: boolean) => set.mutate({ activity, done });
}

const setDone = ({ id }: Activity, done: boolean) => change(id, { status: done ? 'completed' : 'pending' });

export function useDeletion(onDone: () => void) {
  const { t } = useTranslation(['activities', 'trash']);
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ id }: Activity) =>
      void (await answer(api.DELETE('/api/activities/{activity_id}', { params: at(id) }))),
    onSuccess: (_nothing, { id, subject }) => {
      onDone();
      client.removeQueries({ queryKey: ['activities', 'one', id] });
      offerUndo(t('deleted', { subject }), () => restore(id).finally(() => renew('activities')), {
        text: t('trash:where'),
        place: trashPlace('activities'),
      });
    },
    onSettled: () => void renew('activities'),
  });
}

const restore = (id: string) => answer(api.POST('/api/activities/{activity_id}/restore', { params: at(id) }));
