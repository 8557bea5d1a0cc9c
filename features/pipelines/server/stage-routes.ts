import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { expectedVersion } from '../../../server/platform/versions.ts';
import {
  MoveTo,
  PipelineParams,
  Stage,
  StageChange,
  StageCreate,
  StageList,
  StageOrder,
  StageParams,
} from '../contract.ts';
import { addStage, changeStage, removeStage, reorderStages } from './stage-service.ts';

export const stageRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { scope: 'admin' } as const;
  const changed = (companyId: string, id: string) =>
    app.events.publish({ companyId, table: 'pipelines', id, action: 'updated' });

  app.post(
    '/api/pipelines/:pipeline_id/stages',
    { config, schema: { params: PipelineParams, body: StageCreate, response: { 201: Stage } } },
    async ({ company, params, body }, reply) => {
      const stage = await addStage(company, params.pipeline_id, body);
      changed(company.context.companyId, params.pipeline_id);
      return reply.code(201).header('etag', `"${stage.version}"`).send(stage);
    },
  );

  app.patch(
    '/api/pipelines/:pipeline_id/reorder-stages',
    { config, schema: { params: PipelineParams, body: StageOrder, response: { 200: StageList } } },
    async (request) => {
      const { company, params, body } = request;
      const items = await reorderStages(company, params.pipeline_id, body.stage_ids, expectedVersion(request));
      changed(company.context.companyId, params.pipeline_id);
      return { items };
    },
  );

  for (const method of ['PUT', 'PATCH'] as const) {
    app.route({
      method,
      url: '/api/pipeline-stages/:stage_id',
      config,
      schema: {
        description: 'A new probability holds for deals that come later; those that are there keep theirs.',
        params: StageParams,
        body: StageChange,
        response: { 200: Stage },
      },
      handler: async (request, reply) => {
        const { company, params, body } = request;
        const stage = await changeStage(company, params.stage_id, body, expectedVersion(request));
        changed(company.context.companyId, stage.pipeline_id);
        return reply.header('etag', `"${stage.version}"`).send(stage);
      },
    });
  }

  app.delete(
    '/api/pipeline-stages/:stage_id',
    {
      config,
      schema: {
        description:
          'Refused while it holds deals, unless `move_to` names another stage of the pipeline that takes them.',
        params: StageParams,
        querystring: MoveTo,
        response: { 204: Type.Null() },
      },
    },
    async ({ company, params, query }, reply) => {
      const pipelineId = await removeStage(company, params.stage_id, query.move_to);
      changed(company.context.companyId, pipelineId);
      return reply.code(204).send(null);
    },
  );
};
