import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { BinQuery } from '../../../contracts/page.ts';
import { listPage } from '../../../server/platform/list.ts';
import { found } from '../../../server/platform/problems.ts';
import { expectedVersion } from '../../../server/platform/versions.ts';
import {
  Deal,
  DealChange,
  DealCreate,
  DealMove,
  DealPage,
  DealParams,
  DealQuery,
  HistoryPage,
  HistoryQuery,
} from '../contract.ts';
import { restoreDeal } from './changes.ts';
import { tell } from './events.ts';
import { dealPage } from './list.ts';
import { deletedDeal, history, oneDeal, softDeleteDeals } from './queries.ts';
import { changeDeal, createDeal, move } from './service.ts';

export const routes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { scope: 'company' } as const;

  app.get(
    '/api/deals',
    { config, schema: { querystring: DealQuery, response: { 200: DealPage } } },
    async ({ company, query }, reply) => dealPage(reply, company, query),
  );

  app.post(
    '/api/deals',
    { config, schema: { body: DealCreate, response: { 201: Deal } } },
    async ({ company, body }, reply) => {
      const deal = await createDeal(company, body);
      tell(app.events, company, deal, 'created');
      return reply.code(201).header('etag', `"${deal.version}"`).send(deal);
    },
  );

  app.get(
    '/api/deals/:deal_id',
    { config, schema: { params: DealParams, querystring: BinQuery, response: { 200: Deal } } },
    async ({ company, params, query }, reply) => {
      if (query.deleted) return found(await company.first(deletedDeal(params.deal_id)));
      const deal = found(await company.first(oneDeal({ id: params.deal_id })));
      return reply.header('etag', `"${deal.version}"`).send(deal);
    },
  );

  for (const method of ['PUT', 'PATCH'] as const) {
    app.route({
      method,
      url: '/api/deals/:deal_id',
      config,
      schema: { params: DealParams, body: DealChange, response: { 200: Deal } },
      handler: async (request, reply) => {
        const { company, params, body } = request;
        const deal = await changeDeal(company, params.deal_id, body, expectedVersion(request));
        tell(app.events, company, deal, 'updated', body.owner_id !== undefined);
        return reply.header('etag', `"${deal.version}"`).send(deal);
      },
    });
  }

  app.patch(
    '/api/deals/:deal_id/move',
    { config, schema: { params: DealParams, body: DealMove, response: { 200: Deal } } },
    async (request, reply) => {
      const { company, params, body } = request;
      const deal = await move(company, params.deal_id, body, expectedVersion(request));
      tell(app.events, company, deal, 'updated');
      return reply.header('etag', `"${deal.version}"`).send(deal);
    },
  );

  app.delete(
    '/api/deals/:deal_id',
    { config, schema: { params: DealParams, response: { 204: Type.Null() } } },
    async ({ company, params }, reply) => {
      tell(app.events, company, found(await company.first(softDeleteDeals([params.deal_id]))), 'deleted');
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/deals/:deal_id/restore',
    { config, schema: { params: DealParams, response: { 200: Deal } } },
    async ({ company, params }) => {
      const deal = found(await company.first(restoreDeal({ id: params.deal_id })));
      tell(app.events, company, deal, 'created');
      return deal;
    },
  );

  app.get(
    '/api/deals/:deal_id/history',
    { config, schema: { params: DealParams, querystring: HistoryQuery, response: { 200: HistoryPage } } },
    async ({ company, params, query }) => {
      const sorts = { time: { sql: 'deal_stage_history.id', type: 'uuid', field: 'id' } };
      const list = { name: 'deal history', table: 'deal_stage_history', sorts, defaultSort: 'time' };
      const page = await listPage(company, { ...list, query: history(params.deal_id) }, query);
      // Every deal has a history from its first day: none means that there is no such deal.
      if (query.cursor === undefined) found(page.items[0]);
      return page;
    },
  );
};
