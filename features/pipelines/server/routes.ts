import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { listPage } from '../../../server/platform/list.ts';
import { found } from '../../../server/platform/problems.ts';
import { expectedVersion } from '../../../server/platform/versions.ts';
import {
  MoveTo,
  Pipeline,
  PipelineChange,
  PipelineCreate,
  PipelinePage,
  PipelineParams,
  PipelineQuery,
  StageList,
} from '../contract.ts';
import { onePipeline, pipelineList } from './queries.ts';
import { changePipeline, createPipeline, removePipeline, restore } from './service.ts';

const sorts = {
  order_index: { sql: 'pipelines.order_index', type: 'integer', field: 'order_index' },
  name: { sql: 'pipelines.name collate "C"', type: 'text', field: 'name' },
};

export const routes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { scope: 'company' } as const;
  const byAdmin = { scope: 'admin' } as const;
  const publish = (companyId: string, id: string, action: 'created' | 'updated' | 'deleted') =>
    app.events.publish({ companyId, table: 'pipelines', id, action });

  app.get(
    '/api/pipelines',
    { config, schema: { querystring: PipelineQuery, response: { 200: PipelinePage } } },
    async ({ company, query }) =>
      listPage(
        company,
        { name: 'pipelines', table: 'pipelines', query: pipelineList(), sorts, defaultSort: 'order_index' },
        query,
      ),
  );

  app.get(
    '/api/pipelines/:pipeline_id',
    { config, schema: { params: PipelineParams, response: { 200: Pipeline } } },
    async ({ company, params }, reply) => {
      const pipeline = found(await company.first(onePipeline({ id: params.pipeline_id })));
      return reply.header('etag', `"${pipeline.version}"`).send(pipeline);
    },
  );

  app.get(
    '/api/pipelines/:pipeline_id/stages',
    { config, schema: { params: PipelineParams, response: { 200: StageList } } },
    async ({ company, params }) => ({
      items: found(await company.first(onePipeline({ id: params.pipeline_id }))).stages,
    }),
  );

  app.post(
    '/api/pipelines',
    { config: byAdmin, schema: { body: PipelineCreate, response: { 201: Pipeline } } },
    async ({ company, body }, reply) => {
      const pipeline = await createPipeline(company, body);
      publish(company.context.companyId, pipeline.id, 'created');
      return reply.code(201).header('etag', `"${pipeline.version}"`).send(pipeline);
    },
  );

  for (const method of ['PUT', 'PATCH'] as const) {
    app.route({
      method,
      url: '/api/pipelines/:pipeline_id',
      config: byAdmin,
      schema: { params: PipelineParams, body: PipelineChange, response: { 200: Pipeline } },
      handler: async (request, reply) => {
        const { company, params, body } = request;
        const pipeline = await changePipeline(company, params.pipeline_id, body, expectedVersion(request));
        publish(company.context.companyId, pipeline.id, 'updated');
        return reply.header('etag', `"${pipeline.version}"`).send(pipeline);
      },
    });
  }

  app.delete(
    '/api/pipelines/:pipeline_id',
    {
      config: byAdmin,
      schema: {
        description:
          'Refused for the default pipeline, and while it holds deals, unless `move_to` names who takes them.',
        params: PipelineParams,
        querystring: MoveTo,
        response: { 204: Type.Null() },
      },
    },
    async ({ company, params, query }, reply) => {
      await removePipeline(company, params.pipeline_id, query.move_to);
      publish(company.context.companyId, params.pipeline_id, 'deleted');
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/pipelines/:pipeline_id/restore',
    { config: byAdmin, schema: { params: PipelineParams, response: { 200: Pipeline } } },
    async ({ company, params }) => {
      const pipeline = await restore(company, params.pipeline_id);
      publish(company.context.companyId, pipeline.id, 'created');
      return pipeline;
    },
  );
};
