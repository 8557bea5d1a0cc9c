import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { listPage } from '../../../server/platform/list.ts';
import { found } from '../../../server/platform/problems.ts';
import { expectedVersion, ifUnchanged } from '../../../server/platform/versions.ts';
import { Tag, TagChange, TagCreate, TagMerge, TagPage, TagParams, TagQuery } from '../contract.ts';
import { colorTag, insertTag, lockTag, oneTag, tagList } from './queries.ts';
import { withCounts } from './service.ts';

const sorts = {
  name: { sql: 'tags.name', type: 'text', field: 'name' },
  created_at: { sql: 'tags.created_at', type: 'timestamptz', field: 'created_at' },
};

export const routes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { scope: 'company' } as const;
  const admin = { scope: 'admin' } as const;
  const publish = (companyId: string, id: string, action: 'created' | 'updated' | 'deleted') =>
    app.events.publish({ companyId, table: 'tags', id, action });

  app.get(
    '/api/tags',
    { config, schema: { querystring: TagQuery, response: { 200: TagPage } } },
    async ({ company, query }) => {
      const page = await listPage(
        company,
        { name: 'tags', table: 'tags', query: tagList(), sorts, defaultSort: 'name' },
        query,
      );
      return { ...page, items: await withCounts(company, page.items) };
    },
  );

  app.post(
    '/api/tags',
    { config, schema: { body: TagCreate, response: { 201: Tag } } },
    async ({ company, body }, reply) => {
      const tag = found(await company.first(insertTag(body)));
      publish(company.context.companyId, tag.id, 'created');
      return reply.code(201).send({ ...tag, contact_count: 0, deal_count: 0 });
    },
  );

  app.get(
    '/api/tags/:tag_id',
    { config, schema: { params: TagParams, response: { 200: Tag } } },
    async ({ company, params }, reply) => {
      const tag = found(await company.first(oneTag(params.tag_id)));
      const [counted] = await withCounts(company, [tag]);
      return reply.header('etag', `"${tag.version}"`).send(found(counted));
    },
  );

  // Renaming changes every record of the company that carries the tag, so it is for admins, as deleting is.
  app.patch(
    '/api/tags/:tag_id',
    { config: admin, schema: { params: TagParams, body: TagChange, response: { 200: Tag } } },
    async (request) => {
      const { company, params, body } = request;
      const version = expectedVersion(request);
      const tag = await company.transaction(async (tx) => {
        const before = found(await tx.first(lockTag(params.tag_id)));
        await ifUnchanged(
          version === undefined || before.version === version ? before : undefined,
          version,
          async () => before,
        );
        if (body.color !== undefined) await tx.first(colorTag(before.id, body.color, undefined));
        if (body.name !== undefined && body.name !== before.name) {
          await tx.gate('retag_everywhere', [before.id, body.name]);
        }
        return found(await tx.first(oneTag(before.id)));
      });
      publish(company.context.companyId, tag.id, 'updated');
      return found((await withCounts(company, [tag]))[0]);
    },
  );

  app.post(
    '/api/tags/:tag_id/merge',
    { config: admin, schema: { params: TagParams, body: TagMerge, response: { 200: Tag } } },
    async ({ company, params, body }) => {
      const [merged] = await company.gate('merge_tags', [params.tag_id, body.into]);
      found(merged);
      publish(company.context.companyId, params.tag_id, 'deleted');
      const tag = found(await company.first(oneTag(body.into)));
      return found((await withCounts(company, [tag]))[0]);
    },
  );

  app.delete(
    '/api/tags/:tag_id',
    { config: admin, schema: { params: TagParams, response: { 204: Type.Null() } } },
    async ({ company, params }, reply) => {
      const [retagged] = await company.gate('retag_everywhere', [params.tag_id, null]);
      found(retagged);
      publish(company.context.companyId, params.tag_id, 'deleted');
      return reply.code(204).send(null);
    },
  );
};
