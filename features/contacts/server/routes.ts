import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { listPage } from '../../../server/platform/list.ts';
import { found } from '../../../server/platform/problems.ts';
import { expectedVersion, ifUnchanged } from '../../../server/platform/versions.ts';
import { Contact, ContactChange, ContactCreate, ContactPage, ContactParams, ContactQuery } from '../contract.ts';
import { contactPage } from './lists.ts';
import { insertContact, oneContact, restoreContact, softDeleteContact, updateContact } from './queries.ts';

export const routes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { scope: 'company' } as const;

  app.get(
    '/api/contacts',
    { config, schema: { querystring: ContactQuery, response: { 200: ContactPage } } },
    async ({ company, query }) => listPage(company, contactPage(query), query),
  );

  app.post(
    '/api/contacts',
    { config, schema: { body: ContactCreate, response: { 201: Contact } } },
    async ({ company, body }, reply) => {
      const contact = found(await company.first(insertContact(body)));
      return reply.code(201).send(contact);
    },
  );

  app.get(
    '/api/contacts/:contact_id',
    { config, schema: { params: ContactParams, response: { 200: Contact } } },
    async ({ company, params }, reply) => {
      const contact = found(await company.first(oneContact({ id: params.contact_id })));
      return reply.header('etag', `"${contact.version}"`).send(contact);
    },
  );

  app.delete(
    '/api/contacts/:contact_id',
    { config, schema: { params: ContactParams, response: { 204: Type.Null() } } },
    async ({ company, params }, reply) => {
      found(await company.first(softDeleteContact(params.contact_id)));
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/contacts/:contact_id/restore',
    { config, schema: { params: ContactParams, response: { 200: Contact } } },
    async ({ company, params }) => found(await company.first(restoreContact(params.contact_id))),
  );

  for (const method of ['PUT', 'PATCH'] as const) {
    app.route({
      method,
      url: '/api/contacts/:contact_id',
      config,
      schema: { params: ContactParams, body: ContactChange, response: { 200: Contact } },
      handler: async (request) => {
        const { company, params, body } = request;
        const version = expectedVersion(request);
        const changed = await company.first(updateContact(params.contact_id, body, version));
        return ifUnchanged(changed, version, () => company.first(oneContact({ id: params.contact_id })));
      },
    });
  }
};
