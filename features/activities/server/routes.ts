import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Change } from '../../../server/platform/events.ts';
import { found } from '../../../server/platform/problems.ts';
import { expectedVersion, ifUnchanged } from '../../../server/platform/versions.ts';
import type { Company } from '../../../server/tenancy/door.ts';
import {
  Activity,
  ActivityChange,
  ActivityCreate,
  ActivityPage,
  ActivityParams,
  ActivityQuery,
  Completion,
} from '../contract.ts';
import { activityPage } from './list.ts';
import { completeActivity, oneActivity, restoreActivity, softDeleteActivity } from './queries.ts';
import { changeActivity, createActivity } from './service.ts';

export const routes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { scope: 'company' } as const;
  // One that changes hands is told to all: who had it must hear of it too.
  const tell = (
    { context: { companyId } }: Company,
    { id, owner_id, private_to }: { id: string; owner_id: string; private_to: string | null },
    action: Change['action'],
    changedHands = false,
  ) =>
    app.events.publish({
      companyId,
      table: 'activities',
      id,
      action,
      ownerId: changedHands ? undefined : owner_id,
      privateTo: private_to,
    });

  app.get(
    '/api/activities',
    { config, schema: { querystring: ActivityQuery, response: { 200: ActivityPage } } },
    async ({ company, query }, reply) => activityPage(reply, company, query),
  );

  app.post(
    '/api/activities',
    { config, schema: { body: ActivityCreate, response: { 201: Activity } } },
    async ({ company, body }, reply) => {
      const activity = await createActivity(company, body);
      tell(company, activity, 'created');
      return reply.code(201).header('etag', `"${activity.version}"`).send(activity);
    },
  );

  app.get(
    '/api/activities/:activity_id',
    { config, schema: { params: ActivityParams, response: { 200: Activity } } },
    async ({ company, params }, reply) => {
      const activity = found(await company.first(oneActivity({ id: params.activity_id })));
      return reply.header('etag', `"${activity.version}"`).send(activity);
    },
  );

  for (const method of ['PUT', 'PATCH'] as const) {
    app.route({
      method,
      url: '/api/activities/:activity_id',
      config,
      schema: { params: ActivityParams, body: ActivityChange, response: { 200: Activity } },
      handler: async (request, reply) => {
        const { company, params, body } = request;
        const activity = await changeActivity(company, params.activity_id, body, expectedVersion(request));
        tell(company, activity, 'updated', body.owner_id !== undefined);
        return reply.header('etag', `"${activity.version}"`).send(activity);
      },
    });
  }

  app.patch(
    '/api/activities/:activity_id/complete',
    {
      config,
      schema: {
        description: 'Completing what is complete keeps the time at which it was.',
        params: ActivityParams,
        body: Completion,
        response: { 200: Activity },
      },
      preValidation: (request, _reply, done) => {
        request.body ??= {};
        done();
      },
    },
    async (request, reply) => {
      const { company, params, body } = request;
      const version = expectedVersion(request);
      const changed = await company.first(completeActivity(params.activity_id, body, version));
      const activity = await ifUnchanged(changed, version, () =>
        company.first(oneActivity({ id: params.activity_id })),
      );
      tell(company, activity, 'updated');
      return reply.header('etag', `"${activity.version}"`).send(activity);
    },
  );

  app.delete(
    '/api/activities/:activity_id',
    { config, schema: { params: ActivityParams, response: { 204: Type.Null() } } },
    async ({ company, params }, reply) => {
      tell(company, found(await company.first(softDeleteActivity(params.activity_id))), 'deleted');
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/activities/:activity_id/restore',
    { config, schema: { params: ActivityParams, response: { 200: Activity } } },
    async ({ company, params }) => {
      const activity = found(await company.first(restoreActivity(params.activity_id)));
      tell(company, activity, 'created');
      return activity;
    },
  );
};
