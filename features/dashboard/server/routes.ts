import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Dashboard, DashboardQuery } from '../contract.ts';
import { dashboardOf } from './figures.ts';

export const routes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/api/dashboard',
    {
      config: { scope: 'company' },
      schema: {
        description: 'What a day at work begins with, of the records that the caller sees.',
        querystring: DashboardQuery,
        response: { 200: Dashboard },
      },
    },
    async ({ company, query }) => dashboardOf(company, query),
  );
};
