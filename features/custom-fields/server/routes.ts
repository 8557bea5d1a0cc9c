import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { found, invalid, ProblemError } from '../../../server/platform/problems.ts';
import { expectedVersion, ifUnchanged } from '../../../server/platform/versions.ts';
import {
  CustomField,
  CustomFieldChange,
  CustomFieldCreate,
  CustomFieldOrder,
  CustomFieldPage,
  CustomFieldParams,
  CustomFieldQuery,
} from '../contract.ts';
import {
  definitionCount,
  definitionList,
  deleteDefinition,
  insertDefinition,
  oneDefinition,
  placeDefinition,
  updateDefinition,
} from './queries.ts';
import { forgetDefinitions } from './service.ts';

const MOST_PER_RESOURCE = 200;
const TABLE = 'custom_field_definitions';

export const routes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { scope: 'company' } as const;
  const admin = { scope: 'admin' } as const;
  const unsubscribe = app.events.subscribe((message) => {
    if (message !== undefined && 'table' in message && message.table === TABLE) forgetDefinitions(message.companyId);
  });
  app.addHook('onClose', async () => unsubscribe());

  function changed(companyId: string, id: string, action: 'created' | 'updated' | 'deleted') {
    forgetDefinitions(companyId);
    app.events.publish({ companyId, table: TABLE, id, action });
  }

  app.get(
    '/api/custom-fields',
    { config, schema: { querystring: CustomFieldQuery, response: { 200: CustomFieldPage } } },
    async ({ company, query }) => ({
      items: (await company.many(definitionList(query.resource))) as never[],
      next_cursor: null,
    }),
  );

  app.post(
    '/api/custom-fields',
    { config: admin, schema: { body: CustomFieldCreate, response: { 201: CustomField } } },
    async ({ company, body }, reply) => {
      needOptions(body.type, body.options ?? []);
      const existing = await company.first(definitionCount(body.resource));
      if (existing !== undefined && existing.count >= MOST_PER_RESOURCE) {
        throw new ProblemError('conflict', `There can be ${MOST_PER_RESOURCE} fields. Delete one that you do not use.`);
      }
      const made = await company.first(insertDefinition(body));
      if (made === undefined) {
        throw new ProblemError('conflict', undefined, [
          { field: 'key', code: 'taken', message: 'is a field already, or was one of another type' },
        ]);
      }
      changed(company.context.companyId, made.id, 'created');
      return reply.code(201).send(made as never);
    },
  );

  // All at once: an order that is half one person's and half another's is nobody's.
  app.put(
    '/api/custom-fields/order',
    { config: admin, schema: { body: CustomFieldOrder, response: { 200: CustomFieldPage } } },
    async ({ company, body: { resource, ids } }) => {
      const items = await company.transaction(async (tx) => {
        const known = await tx.many(definitionList(resource));
        if (known.length !== ids.length || known.some(({ id }) => !ids.includes(id))) {
          throw new ProblemError('conflict', 'Somebody added or deleted a field meanwhile. Load the list again.');
        }
        for (const [place, id] of ids.entries()) await tx.run(placeDefinition(id, place));
        return tx.many(definitionList(resource));
      });
      changed(company.context.companyId, ids[0] ?? '', 'updated');
      return { items: items as never[], next_cursor: null };
    },
  );

  app.get(
    '/api/custom-fields/:custom_field_id',
    { config, schema: { params: CustomFieldParams, response: { 200: CustomField } } },
    async ({ company, params }, reply) => {
      const field = found(await company.first(oneDefinition(params.custom_field_id)));
      return reply.header('etag', `"${field.version}"`).send(field as never);
    },
  );

  app.patch(
    '/api/custom-fields/:custom_field_id',
    { config: admin, schema: { params: CustomFieldParams, body: CustomFieldChange, response: { 200: CustomField } } },
    async (request) => {
      const { company, params, body } = request;
      const version = expectedVersion(request);
      const before = found(await company.first(oneDefinition(params.custom_field_id)));
      if (body.options !== undefined) needOptions(before.type, body.options);
      const after = await company.first(updateDefinition(params.custom_field_id, body, version));
      const field = await ifUnchanged(after, version, async () => before);
      changed(company.context.companyId, field.id, 'updated');
      return field as never;
    },
  );

  app.delete(
    '/api/custom-fields/:custom_field_id',
    { config: admin, schema: { params: CustomFieldParams, response: { 204: Type.Null() } } },
    async ({ company, params }, reply) => {
      const { id } = found(await company.first(deleteDefinition(params.custom_field_id)));
      changed(company.context.companyId, id, 'deleted');
      return reply.code(204).send(null);
    },
  );
};

function needOptions(type: string, options: readonly string[]): void {
  const selects = type === 'select' || type === 'multi_select';
  if (selects && options.length === 0) throw invalid('options', 'required', 'a select needs at least one option');
  if (!selects && options.length > 0) throw invalid('options', 'not_allowed', 'only a select has options');
}
