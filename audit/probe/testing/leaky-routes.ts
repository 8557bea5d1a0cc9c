import { createHash } from 'node:crypto';
import multipart from '@fastify/multipart';
import { type TProperties, Type } from 'typebox';
import { IdParams } from '../../../contracts/atoms.ts';
import { defineFeature } from '../../../server/platform/feature.ts';
import { notFound, ProblemError } from '../../../server/platform/problems.ts';
import type { World } from '../../../test/harness.ts';

const Id = Type.String({ format: 'uuid' });
const body = <T extends TProperties>(properties: T) => Type.Object(properties, { additionalProperties: false });
const open = <T extends TProperties>(properties: T) => Type.Object(properties);

/**
 * Routes with the faults that a hurried engineer makes, on a connection that no policy binds, and beside some of them the
 * same route as it should be. Their names say by which attack of the matrix each is to be seen.
 */
export const leakyRoutes = (world: () => World) =>
  defineFeature({
    name: 'leaky',
    routes: async (app) => {
      await app.register(multipart);
      const config = { scope: 'company' } as const;
      const params = IdParams('contact_id');
      const ask = async (sql: string, ...values: unknown[]) =>
        (await world().admin.query<Record<string, string>>(sql, values)).rows;
      const contact = async (id: string) => (await ask('select * from contacts where id = $1', id))[0];
      const own = (id: string, companyId: string) =>
        ask('select * from contacts where id = $1 and company_id = $2', id, companyId);
      const lastRead: { first_name?: string } = {};

      app.get(
        '/api/leaky/1-read/:contact_id',
        { config, schema: { params } },
        async ({ params: { contact_id } }) => (await contact(contact_id)) ?? Promise.reject(notFound()),
      );
      app.get(
        '/api/leaky/1-oracle/:contact_id',
        { config, schema: { params } },
        async ({ params: { contact_id }, company }) => {
          const row = await contact(contact_id);
          if (row === undefined) throw notFound();
          if (row.company_id !== company.context.companyId) throw new ProblemError('forbidden');
          return { id: row.id };
        },
      );
      app.patch(
        '/api/leaky/2-change/:contact_id',
        { config, schema: { params } },
        async ({ params: { contact_id } }) => {
          await ask(`update contacts set title = 'gone' where id = $1`, contact_id);
          return { ok: true };
        },
      );
      app.delete(
        '/api/leaky/3-silent/:contact_id',
        { config, schema: { params } },
        async ({ params: { contact_id }, company }) => {
          await ask('update contacts set deleted_at = now() where id = $1', contact_id);
          if ((await own(contact_id, company.context.companyId)).length === 0) throw notFound();
          return { ok: true };
        },
      );
      app.route({
        method: ['GET', 'OPTIONS'],
        url: '/api/leaky/4-options/:contact_id',
        config,
        schema: { params },
        handler: async (request) => {
          const { contact_id } = request.params as { contact_id: string };
          const row =
            request.method === 'OPTIONS'
              ? await contact(contact_id)
              : (await own(contact_id, request.company.context.companyId))[0];
          return row ?? Promise.reject(notFound());
        },
      });
      app.get(
        '/api/leaky/5-nested/pipelines/:pipeline_id/stages/:stage_id',
        { config, schema: { params: Type.Object({ pipeline_id: Id, stage_id: Id }) } },
        async ({ params: { pipeline_id, stage_id }, company }) => {
          const parents = await ask(
            'select from pipelines where id = $1 and company_id = $2',
            pipeline_id,
            company.context.companyId,
          );
          if (parents.length === 0) throw notFound();
          return (
            (await ask('select name from pipeline_stages where id = $1', stage_id))[0] ?? Promise.reject(notFound())
          );
        },
      );
      app.post('/api/leaky/6-reference', { config, schema: { body: body({ contact_id: Id }) } }, async ({ body }) =>
        (await contact(body.contact_id)) ? { ok: true } : Promise.reject(notFound()),
      );
      app.post('/api/leaky/7-assign', { config, schema: { body: open({ title: Type.String() }) } }, async () => ({
        ok: true,
      }));
      app.post(
        '/api/leaky/8-own-id',
        { config, schema: { body: open({ title: Type.String() }) } },
        async ({ body }) => {
          const { id } = body as { id?: string };
          if (id !== undefined && (await contact(id))) throw new ProblemError('conflict');
          return { ok: true };
        },
      );
      app.post(
        '/api/leaky/9-batch',
        { config, schema: { body: body({ contact_ids: Type.Array(Id) }) } },
        async ({ body, company }) => {
          const [first] = body.contact_ids;
          if ((await own(first as string, company.context.companyId)).length === 0) throw notFound();
          return ask('select id from contacts where id = any ($1)', body.contact_ids);
        },
      );
      app.post('/api/leaky/10-everything', { config, schema: {} }, async () => {
        await ask(`update contacts set title = 'seen' where title is distinct from 'seen'`);
        return { ok: true };
      });
      app.get(
        '/api/leaky/11-filter',
        { config, schema: { querystring: open({ owner_id: Type.Optional(Id) }) } },
        async ({ query }) =>
          (await ask('select count(*)::int as total from contacts where owner_id = $1', query.owner_id ?? null))[0],
      );
      app.get(
        '/api/leaky/12-cursor',
        {
          config,
          schema: { querystring: open({ cursor: Type.Optional(Type.String()), limit: Type.Optional(Type.Integer()) }) },
        },
        async ({ query }) => ({
          items: [],
          next_cursor: query.cursor === undefined ? 'MDE5' : null,
        }),
      );
      app.get(
        '/api/leaky/13-fields',
        { config, schema: { querystring: open({ fields: Type.Optional(Type.String()) }) } },
        async ({ query, company }) =>
          query.fields === undefined
            ? []
            : ask('select first_name from contacts where company_id <> $1', company.context.companyId),
      );
      app.get(
        '/api/leaky/14-search',
        { config, schema: { querystring: open({ search: Type.Optional(Type.String()) }) } },
        async ({ query }) => ({
          items: await ask('select id, first_name from contacts where first_name like $1', `%${query.search ?? ''}%`),
        }),
      );
      app.get(
        '/api/leaky/15-total',
        { config, schema: {} },
        async () => (await ask('select count(*)::int as total from contacts'))[0],
      );
      app.get('/api/leaky/15-open', { config: { scope: 'public' }, schema: {} }, () =>
        ask('select first_name from contacts'),
      );
      app.post(
        '/api/leaky/16-contacts',
        { config, schema: { body: body({ email: Type.String() }) } },
        async ({ body }) => {
          const taken = await ask('select from users where email = $1', body.email);
          if (taken.length > 0) throw new ProblemError('conflict', 'This address is taken.');
          return { ok: true };
        },
      );
      app.post(
        '/api/leaky/17-merge/:contact_id',
        { config, schema: { params, body: body({ contact_id: Id }) } },
        async ({ params: { contact_id }, body, company }) => {
          if ((await own(contact_id, company.context.companyId)).length === 0) throw notFound();
          if (
            (await ask('update contacts set deleted_at = now() where id = $1 returning id', body.contact_id)).length ===
            0
          )
            throw notFound();
          return { ok: true };
        },
      );
      app.post('/api/leaky/17-upload', { config, schema: { consumes: ['multipart/form-data'] } }, async (request) => {
        const content = String(await (await request.file())?.toBuffer());
        const emails = [...content.matchAll(/[\w-]+@[\w.-]+/g)].map(([email]) => email);
        return {
          known: (await ask('select from contacts where email = any ($1)', emails)).length,
          read: content.length > 0,
        };
      });
      app.get('/api/leaky/20-header', { config, schema: {} }, async ({ headers, company }) =>
        ask(
          'select first_name from contacts where company_id = $1',
          headers['x-company-id'] ?? company.context.companyId,
        ),
      );
      // An error handler that means well: whatever happens, the page shows something.
      await app.register(async (inner) => {
        inner.setErrorHandler((_error, _request, reply) => reply.code(200).send({ items: [] }));
        inner.get('/api/leaky/21-soothed', { config, schema: {} }, async () => ({ items: [] }));
      });
      app.get(
        '/api/leaky/22-key/:contact_id',
        { config, schema: { params } },
        async ({ params: { contact_id }, caller, company }) => {
          const row =
            caller.kind === 'user' && caller.apiKeyId
              ? await contact(contact_id)
              : (await own(contact_id, company.context.companyId))[0];
          return row ?? Promise.reject(notFound());
        },
      );
      app.get('/api/leaky/27-shared', { config, schema: {} }, async ({ company }) => {
        const rows = await ask('select first_name from contacts where company_id = $1', company.context.companyId);
        Object.assign(lastRead, rows[0]);
        await new Promise((resolve) => setTimeout(resolve, 50));
        return { ...lastRead };
      });
      app.get(
        '/api/leaky/30-disguise/:contact_id',
        { config, schema: { params: Type.Object({ contact_id: Type.String() }) } },
        async ({ params: { contact_id }, company }) => {
          const id = /[0-9a-f-]{36}/i.exec(contact_id)?.[0] ?? '';
          const row = id === contact_id ? (await own(id, company.context.companyId))[0] : await contact(id);
          return row ?? Promise.reject(notFound());
        },
      );
      app.get(
        '/api/leaky/32-link/:link',
        { config: { scope: 'public' }, schema: { params: Type.Object({ link: Type.String() }) } },
        async ({ params: { link } }) =>
          (await ask('select title from contacts where id::text = $1', link))[0] ?? Promise.reject(notFound()),
      );

      // As they should be.
      app.get(
        '/api/sound/contacts',
        { config, schema: { querystring: body({ owner_id: Type.Optional(Id) }) } },
        async ({ query, company }) => ({
          items: await ask(
            'select id, first_name from contacts where company_id = $1 and ($2::uuid is null or owner_id = $2)',
            company.context.companyId,
            query.owner_id ?? null,
          ),
        }),
      );
      app.get(
        '/api/sound/contacts/:contact_id',
        { config, schema: { params } },
        async ({ params: { contact_id }, company }) =>
          (await own(contact_id, company.context.companyId))[0] ?? Promise.reject(notFound()),
      );
      app.post(
        '/api/sound/contacts',
        { config, schema: { body: body({ email: Type.String({ maxLength: 99 }), contact_id: Type.Optional(Id) }) } },
        async ({ body, company }) => {
          const { companyId } = company.context;
          if (body.contact_id !== undefined && (await own(body.contact_id, companyId)).length === 0) throw notFound();
          const taken = await ask('select from users where email = $1 and company_id = $2', body.email, companyId);
          if (taken.length > 0) throw new ProblemError('conflict', 'This address is taken.');
          return { email: body.email, digest: createHash('sha256').update('constant').digest('hex').slice(0, 6) };
        },
      );
    },
  });
