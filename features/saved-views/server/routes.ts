import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Change } from '../../../server/platform/events.ts';
import { listPage } from '../../../server/platform/list.ts';
import { found, ProblemError } from '../../../server/platform/problems.ts';
import { expectedVersion, ifUnchanged } from '../../../server/platform/versions.ts';
import type { Company } from '../../../server/tenancy/door.ts';
import {
  SavedView,
  SavedViewChange,
  SavedViewCreate,
  SavedViewPage,
  SavedViewParams,
  SavedViewQuery,
} from '../contract.ts';
import { deleteView, insertView, oneView, updateView, viewList } from './queries.ts';

const sorts = {
  name: { sql: 'saved_views.name collate "C"', type: 'text', field: 'name' },
  created_at: { sql: 'saved_views.id', type: 'uuid', field: 'id' },
};
const notYours = () => new ProblemError('forbidden', 'Only its owner and the admins of the company may change it.');

export const routes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { scope: 'company' } as const;
  const tell = (
    { context: { companyId } }: Company,
    { id, owner_id, is_shared }: { id: string; owner_id: string; is_shared: boolean },
    action: Change['action'],
  ) => app.events.publish({ companyId, table: 'saved_views', id, action, privateTo: is_shared ? null : owner_id });

  app.get(
    '/api/saved-views',
    { config, schema: { querystring: SavedViewQuery, response: { 200: SavedViewPage } } },
    async ({ company, query }) => {
      const list = { name: 'saved views', table: 'saved_views', sorts, defaultSort: 'name' };
      return listPage(company, { ...list, query: viewList(query) }, query);
    },
  );

  app.post(
    '/api/saved-views',
    { config, schema: { body: SavedViewCreate, response: { 201: SavedView } } },
    async ({ company, body }, reply) => {
      const view = found(await company.first(insertView(body)));
      tell(company, view, 'created');
      return reply.code(201).header('etag', `"${view.version}"`).send(view);
    },
  );

  app.get(
    '/api/saved-views/:view_id',
    { config, schema: { params: SavedViewParams, response: { 200: SavedView } } },
    async ({ company, params }, reply) => {
      const view = found(await company.first(oneView(params.view_id)));
      return reply.header('etag', `"${view.version}"`).send(view);
    },
  );

  for (const method of ['PUT', 'PATCH'] as const) {
    app.route({
      method,
      url: '/api/saved-views/:view_id',
      config,
      schema: { params: SavedViewParams, body: SavedViewChange, response: { 200: SavedView } },
      handler: async (request, reply) => {
        const { company, params, body } = request;
        const version = expectedVersion(request);
        const changed = await company.first(updateView(params.view_id, body, version));
        if (changed === undefined) {
          const view = found(await company.first(oneView(params.view_id)));
          if (version !== undefined && view.version !== version)
            await ifUnchanged(undefined, version, async () => view);
          throw notYours();
        }
        // One that is no longer shared is told to all a last time: they had it.
        tell(company, body.is_shared === false ? { ...changed, is_shared: true } : changed, 'updated');
        return reply.header('etag', `"${changed.version}"`).send(changed);
      },
    });
  }

  app.delete(
    '/api/saved-views/:view_id',
    { config, schema: { params: SavedViewParams, response: { 204: Type.Null() } } },
    async ({ company, params }, reply) => {
      const removed = await company.first(deleteView(params.view_id));
      if (removed === undefined) {
        found(await company.first(oneView(params.view_id)));
        throw notYours();
      }
      tell(company, removed, 'deleted');
      return reply.code(204).send(null);
    },
  );
};
