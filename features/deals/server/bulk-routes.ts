import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { BulkDone, DealsChange, DealsRemoval } from '../contract.ts';
import { tell } from './events.ts';
import { changeDeals, removeDeals } from './service.ts';

export const bulkRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { scope: 'company' } as const;

  app.post(
    '/api/deals/bulk',
    {
      config,
      schema: {
        description: 'Changes all of the deals or, where one of them is not there, none.',
        body: DealsChange,
        response: { 200: BulkDone },
      },
    },
    async ({ company, body }) => {
      const changed = await changeDeals(company, body.ids, body.change);
      for (const deal of changed) tell(app.events, company, deal, 'updated', body.change.owner_id !== undefined);
      return { count: changed.length };
    },
  );

  app.delete(
    '/api/deals/bulk',
    {
      config,
      schema: {
        description: 'Deletes all of the deals or, where one of them is not there, none.',
        body: DealsRemoval,
        response: { 200: BulkDone },
      },
    },
    async ({ company, body }) => {
      const removed = await removeDeals(company, body.ids);
      for (const deal of removed) tell(app.events, company, deal, 'deleted');
      return { count: removed.length };
    },
  );
};
