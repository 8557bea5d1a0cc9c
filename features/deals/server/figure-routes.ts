import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { sendRow } from '../../../server/platform/found-row.ts';
import { ownedBy } from '../../../server/platform/owned.ts';
import { encodeCursor } from '../../../server/platform/paging.ts';
import { found } from '../../../server/platform/problems.ts';
import { Board, BoardQuery, Forecast, ForecastQuery, Summary, SummaryQuery } from '../figures.ts';
import { boardFor, forecast, summaryFor } from './figure-queries.ts';
import { BOARD_LIST } from './list.ts';

export const figureRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { scope: 'company' } as const;

  app.get(
    '/api/deals/board',
    { config, schema: { querystring: BoardQuery, response: { 200: Board } } },
    async ({ company, query }) => {
      const { limit = 50 } = query;
      const board = found(await company.first(boardFor(company.context, { ...query, limit })));
      const stages = board.stages.map((stage) => {
        const items = stage.items.slice(0, limit);
        const last = stage.items.length > limit ? items.at(-1) : undefined;
        return {
          ...stage,
          items,
          next_cursor: last
            ? encodeCursor([last.stage_entered_at, last.id], company.context.companyId, BOARD_LIST)
            : null,
        };
      });
      return { ...board, stages };
    },
  );

  app.get(
    '/api/deals/summary',
    { config, schema: { querystring: SummaryQuery, response: { 200: Summary } } },
    async ({ company, query }, reply) => sendRow(reply, await company.json(summaryFor(company.context, query))),
  );

  app.get(
    '/api/deals/forecast',
    { config, schema: { querystring: ForecastQuery, response: { 200: Forecast } } },
    async ({ company, query }) => ({
      months: await company.many(ownedBy(forecast(query), 'deals.owner_id', company.context)),
    }),
  );
};
