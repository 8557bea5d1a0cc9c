import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { listPage } from '../../../server/platform/list.ts';
import { found } from '../../../server/platform/problems.ts';
import type { Company } from '../../../server/tenancy/door.ts';
import {
  Affected,
  Notification,
  NotificationPage,
  NotificationParams,
  NotificationQuery,
  UnreadCount,
} from '../contract.ts';
import { countUnread, deleteAll, deleteNotification, markAllRead, markRead, notificationList } from './queries.ts';

// Ids grow with time, so they sort by it; and their index leads with the reader.
const sorts = { created_at: { sql: 'notifications.id', type: 'uuid', field: 'id' } };

export const routes: FastifyPluginAsyncTypebox = async (app) => {
  // A super admin belongs to no company and has none: reading request.company answers 403.
  const config = { scope: 'user' } as const;
  const tell = ({ context: { companyId, userId } }: Company, id: string, action: 'updated' | 'deleted') => {
    if (userId !== null) app.events.publish({ companyId, table: 'notifications', id, action, privateTo: userId });
  };

  app.get(
    '/api/notifications',
    { config, schema: { querystring: NotificationQuery, response: { 200: NotificationPage } } },
    async ({ company, query }) =>
      listPage(
        company,
        {
          name: 'notifications',
          table: 'notifications',
          query: notificationList(query),
          sorts,
          defaultSort: '-created_at',
        },
        query,
      ),
  );

  app.get(
    '/api/notifications/unread-count',
    { config, schema: { response: { 200: UnreadCount } } },
    async ({ company }) => found(await company.first(countUnread())),
  );

  app.post(
    '/api/notifications/:notification_id/mark-read',
    { config, schema: { params: NotificationParams, response: { 200: Notification } } },
    async ({ company, params }) => {
      const notification = found(await company.first(markRead(params.notification_id)));
      tell(company, notification.id, 'updated');
      return notification;
    },
  );

  app.post(
    '/api/notifications/mark-all-read',
    { config, schema: { response: { 200: Affected } } },
    async ({ company }) => {
      const count = await company.run(markAllRead());
      if (count > 0 && company.context.userId !== null) tell(company, company.context.userId, 'updated');
      return { count };
    },
  );

  app.delete(
    '/api/notifications/:notification_id',
    { config, schema: { params: NotificationParams, response: { 204: Type.Null() } } },
    async ({ company, params }, reply) => {
      const { id } = found(await company.first(deleteNotification(params.notification_id)));
      tell(company, id, 'deleted');
      return reply.code(204).send(null);
    },
  );

  app.delete('/api/notifications', { config, schema: { response: { 200: Affected } } }, async ({ company }) => {
    const count = await company.run(deleteAll());
    if (count > 0 && company.context.userId !== null) tell(company, company.context.userId, 'deleted');
    return { count };
  });
};
