import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Item } from '../../../web/api/client.ts';
import { useList } from '../../../web/api/list.ts';

export type Notification = Item<'/api/notifications'>;

const PAGE = 50;

export const useUnread = () =>
  useQuery({
    queryKey: ['notifications', 'unread'],
    queryFn: () => answer(api.GET('/api/notifications/unread-count')),
    select: ({ unread_count }) => unread_count,
  });

export const useNotifications = (onlyUnread: boolean) =>
  useList(['notifications', 'list', { onlyUnread }], (cursor) => {
    const query = { limit: PAGE, ...(onlyUnread ? { read: false } : {}), ...(cursor ? { cursor } : {}) };
    return answer(api.GET('/api/notifications', { params: { query } }));
  });

/** Marks one as read, or all of them. */
export function useRead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (id?: string) => {
      if (id === undefined) return void (await answer(api.POST('/api/notifications/mark-all-read')));
      const params = { path: { notification_id: id } };
      await answer(api.POST('/api/notifications/{notification_id}/mark-read', { params }));
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['notifications'] }),
  });
}
