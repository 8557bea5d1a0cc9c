import { sql } from 'kysely';
import { q } from '../../../server/tenancy/query.ts';
import type { NotificationQuery } from '../contract.ts';

const columns = [
  'notifications.id',
  'notifications.title',
  'notifications.message',
  'notifications.key',
  sql<Record<string, unknown>>`notifications.params`.as('params'),
  'notifications.type',
  'notifications.link',
  'notifications.user_id',
  sql<boolean>`notifications.read_at is not null`.as('read'),
  'notifications.read_at',
  'notifications.created_at',
] as const;

// None of these names the reader: a notification is visible to its reader alone, by policy.
export function notificationList({ read, type }: NotificationQuery) {
  let query = q.selectFrom('notifications').select(columns);
  if (read !== undefined) query = query.where('notifications.read_at', read ? 'is not' : 'is', null);
  if (type !== undefined) query = query.where('notifications.type', '=', type);
  return query;
}

export const countUnread = () =>
  q.selectFrom('notifications').select(sql<number>`count(*)::integer`.as('unread_count')).where('read_at', 'is', null);

export const markRead = (id: string) =>
  q
    .updateTable('notifications')
    .set({ read_at: sql<string>`coalesce(read_at, now())` })
    .where('id', '=', id)
    .returning(columns);

export const markAllRead = () =>
  q.updateTable('notifications').set({ read_at: sql<string>`now()` }).where('read_at', 'is', null);

export const deleteNotification = (id: string) => q.deleteFrom('notifications').where('id', '=', id).returning('id');

export const deleteAll = () => q.deleteFrom('notifications');
