import { type Static, Type } from 'typebox';
import { Id, IdParams, Nullable, OneOf, Query, Timestamp } from '../../contracts/atoms.ts';
import { PageOf, PageQuery } from '../../contracts/page.ts';

export const notificationTypes = ['info', 'success', 'warning', 'error'] as const;

export const Notification = Type.Object({
  id: Id,
  title: Type.String({ description: 'In English, as is the message.' }),
  message: Type.String(),
  key: Nullable(Type.String({ description: 'What it says, for clients that say it in the language of their reader.' })),
  params: Type.Record(Type.String(), Type.Unknown(), {
    description: 'What is to be filled in; what ends in `_at` is a time.',
  }),
  type: OneOf(notificationTypes),
  link: Nullable(Type.String({ description: 'Path in the app.' })),
  user_id: Id,
  read: Type.Boolean(),
  read_at: Nullable(Timestamp),
  created_at: Timestamp,
});
export const NotificationParams = IdParams('notification_id');
export const NotificationPage = PageOf(Notification);
export const NotificationQuery = Query({
  ...PageQuery,
  sort: Type.Optional(Type.String({ maxLength: 50, description: 'created_at; `-` before it for descending.' })),
  read: Type.Optional(Type.Boolean()),
  type: Type.Optional(OneOf(notificationTypes)),
});
export const UnreadCount = Type.Object({ unread_count: Type.Integer() });
export const Affected = Type.Object({ count: Type.Integer() });

export type Notification = Static<typeof Notification>;
export type NotificationQuery = Static<typeof NotificationQuery>;
