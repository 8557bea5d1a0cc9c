import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Visibility, VisibilityParams, VisibilityQuery } from '../contract.ts';
import { explainVisibility } from './explain.ts';

export const routes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/api/visibility/:user_id',
    {
      config: { scope: 'admin' },
      schema: { params: VisibilityParams, querystring: VisibilityQuery, response: { 200: Visibility } },
    },
    async ({ company, params, query }) =>
      explainVisibility(app.door, company, params.user_id, query.resource, query.id),
  );
};
