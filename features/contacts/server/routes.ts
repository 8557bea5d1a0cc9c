import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { BinQuery } from '../../../contracts/page.ts';
import { sendRow } from '../../../server/platform/found-row.ts';
import { sendPage } from '../../../server/platform/list.ts';
import { found } from '../../../server/platform/problems.ts';
import { expectedVersion, ifUnchanged } from '../../../server/platform/versions.ts';
import {
  Contact,
  ContactChange,
  ContactCreate,
  ContactGroupQuery,
  ContactGroups,
  ContactPage,
  ContactParams,
  ContactQuery,
  ContactSummary,
  TimelinePage,
  TimelineQuery,
} from '../contract.ts';
import { alikeRoutes } from './alike.ts';
import { asked } from './asked.ts';
import { bulkRoutes } from './bulk.ts';
import { duplicateRoutes } from './duplicates.ts';
import { exportRoutes } from './export.ts';
import { contactGroups } from './groups.ts';
import { contactPage } from './lists.ts';
import { mergeRoutes } from './merge.ts';
import {
  deletedContact,
  insertContact,
  mergedInto,
  oneContact,
  oneContactToSend,
  restoreContact,
  softDeleteContact,
  updateContact,
} from './queries.ts';
import { announce, checkedChange, checkedCreate } from './service.ts';
import { contactSummary } from './summary.ts';
import { timelinePage } from './timeline.ts';

export const routes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { scope: 'company' } as const;
  for (const more of [bulkRoutes, mergeRoutes, duplicateRoutes, alikeRoutes, exportRoutes]) await app.register(more);

  app.get(
    '/api/contacts',
    { config, schema: { querystring: ContactQuery, response: { 200: ContactPage } } },
    async ({ company, query }, reply) =>
      sendPage(reply, company, contactPage(query, await asked(company, query)), query),
  );

  app.post(
    '/api/contacts',
    { config, schema: { body: ContactCreate, response: { 201: Contact } } },
    async ({ company, body }, reply) => {
      const contact = found(await company.first(insertContact(await checkedCreate(company, body))));
      announce(app, company, 'created', [contact]);
      return reply.code(201).header('etag', `"${contact.version}"`).send(contact);
    },
  );

  app.get(
    '/api/contacts/groups',
    { config, schema: { querystring: ContactGroupQuery, response: { 200: ContactGroups } } },
    async ({ company, query: { by, ...filters } }) =>
      contactGroups(company, by, filters, await asked(company, filters)),
  );

  app.get(
    '/api/contacts/stats/summary',
    { config, schema: { response: { 200: ContactSummary } } },
    async ({ company }) => contactSummary(company),
  );

  app.get(
    '/api/contacts/:contact_id',
    { config, schema: { params: ContactParams, querystring: BinQuery, response: { 200: Contact } } },
    async ({ company, params, query }, reply) => {
      if (query.deleted) return found(await company.first(deletedContact(params.contact_id)));
      const contact = await company.json(oneContactToSend({ id: params.contact_id }));
      if (contact.count > 0) return sendRow(reply, contact);
      const kept = found(await company.first(mergedInto(params.contact_id)));
      return reply.redirect(`/api/contacts/${kept.id}`, 308) as never;
    },
  );

  app.get(
    '/api/contacts/:contact_id/timeline',
    { config, schema: { params: ContactParams, querystring: TimelineQuery, response: { 200: TimelinePage } } },
    async ({ company, params, query }) => {
      found(await company.first(oneContact({ id: params.contact_id })));
      return timelinePage(company, params.contact_id, query);
    },
  );

  app.delete(
    '/api/contacts/:contact_id',
    { config, schema: { params: ContactParams, response: { 204: Type.Null() } } },
    async ({ company, params }, reply) => {
      announce(app, company, 'deleted', [found(await company.first(softDeleteContact(params.contact_id)))]);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/contacts/:contact_id/restore',
    { config, schema: { params: ContactParams, response: { 200: Contact } } },
    async ({ company, params }) => {
      const contact = found(await company.first(restoreContact(params.contact_id)));
      announce(app, company, 'created', [contact]);
      return contact;
    },
  );

  for (const method of ['PUT', 'PATCH'] as const) {
    app.route({
      method,
      url: '/api/contacts/:contact_id',
      config,
      schema: { params: ContactParams, body: ContactChange, response: { 200: Contact } },
      handler: async (request, reply) => {
        const { company, params, body } = request;
        const version = expectedVersion(request);
        const changed = await company.first(
          updateContact(params.contact_id, await checkedChange(company, body), version),
        );
        const contact = await ifUnchanged(changed, version, () => company.first(oneContact({ id: params.contact_id })));
        announce(app, company, 'updated', [contact]);
        return reply.header('etag', `"${contact.version}"`).send(contact);
      },
    });
  }
};
