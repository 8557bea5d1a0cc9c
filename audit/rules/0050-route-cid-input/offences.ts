import { closed, company, onlyRoutes, open, text } from '../../mutation/leaky.ts';
import { defineOffences } from '../../mutation/offence.ts';

const everybody = { userId: null, owners: '*' } as const;

export default defineOffences([
  {
    what: 'a header that chooses the company',
    application: onlyRoutes(async (app) => {
      app.get('/api/leaky', { config: company, schema: {} }, async ({ headers, company: { context } }) => {
        app.door.asCompany({ ...everybody, companyId: String(headers['x-company-id'] ?? context.companyId) });
      });
    }),
  },
  {
    what: 'a subdomain that chooses the company',
    application: onlyRoutes(async (app) => {
      app.get('/api/leaky', { config: company, schema: {} }, async ({ hostname, company: { context } }) => {
        const [first = ''] = hostname.split('.');
        app.door.asCompany({ ...everybody, companyId: first.length === 36 ? first : context.companyId });
      });
    }),
  },
  {
    what: 'a cookie that chooses the company',
    application: onlyRoutes(async (app) => {
      app.get('/api/leaky', { config: company, schema: {} }, async ({ headers, company: { context } }) => {
        const chosen = /tenant=([\w-]+)/.exec(headers.cookie ?? '')?.[1];
        app.door.asCompany({ ...everybody, companyId: chosen ?? context.companyId });
      });
    }),
  },
  {
    what: 'a company in the query',
    application: onlyRoutes(async (app) => {
      app.get(
        '/api/leaky',
        { config: company, schema: { querystring: closed({ company_id: text }) } },
        async () => ({}),
      );
    }),
  },
  {
    what: 'a query that is taken as it comes',
    application: onlyRoutes(async (app) => {
      app.get('/api/leaky', { config: company, schema: { querystring: open({ limit: text }) } }, async () => ({}));
    }),
  },
  {
    what: 'a query that no schema describes, and that chooses the company',
    application: onlyRoutes(async (app) => {
      app.get('/api/leaky', { config: company, schema: {} }, async ({ query, company: { context } }) => {
        app.door.asCompany({ ...everybody, companyId: (query as { as?: string }).as ?? context.companyId });
      });
    }),
  },
  {
    what: 'a company in the body',
    application: onlyRoutes(async (app) => {
      app.post(
        '/api/leaky',
        { config: company, schema: { body: closed({ name: text, companyId: text }) } },
        async () => ({}),
      );
    }),
  },
  {
    what: 'a company deep in the body',
    application: onlyRoutes(async (app) => {
      const body = closed({ target: closed({ tenant_id: text }) });
      app.post('/api/leaky', { config: company, schema: { body } }, async () => ({}));
    }),
  },
  {
    what: 'a body that takes whatever it does not name',
    application: onlyRoutes(async (app) => {
      app.post('/api/leaky', { config: company, schema: { body: open({ name: text }) } }, async () => ({}));
    }),
  },
  {
    what: 'a company in the path',
    application: onlyRoutes(async (app) => {
      app.get(
        '/api/tenants/:tenant_id/leaky',
        { config: company, schema: { params: closed({ tenant_id: text }) } },
        async () => ({}),
      );
    }),
  },
  {
    what: 'a company in the path by another name',
    application: onlyRoutes(async (app) => {
      app.get(
        '/api/leaky/:slug',
        { config: company, schema: { params: closed({ slug: { ...text, format: 'uuid' } as never }) } },
        async ({ params }) => {
          app.door.asCompany({ ...everybody, companyId: (params as { slug: string }).slug });
        },
      );
    }),
  },
  {
    what: 'a hook that lets a header choose before the handler runs',
    application: onlyRoutes(async (app) => {
      app.addHook('preHandler', async (request) => {
        const chosen = request.headers['x-tenant-id'];
        if (typeof chosen === 'string') request.opened = app.door.asCompany({ ...everybody, companyId: chosen });
      });
      app.get('/api/leaky', { config: company, schema: {} }, async () => ({}));
    }),
  },
  {
    what: 'a public route that asks a gate for the company it is told',
    application: onlyRoutes(async (app) => {
      app.get('/api/leaky', { config: { scope: 'public' }, schema: {} }, async ({ query }) =>
        app.door.gate('company_name', [(query as { company_id?: string }).company_id ?? null]),
      );
    }),
  },
  {
    what: 'a change that is published for the company of the query',
    application: onlyRoutes(async (app) => {
      app.get('/api/leaky', { config: company, schema: {} }, async ({ query, company: { context } }) => {
        const { companyId = context.companyId } = query as { companyId?: string };
        app.events.publish({ companyId, table: 'contacts', id: 'x', action: 'updated' });
      });
    }),
  },
  {
    what: 'a door that is opened deep in the code for the company of the body',
    sources: {
      'features/contacts/server/hurried.ts': `export const copy = async ({ server, body }) => {
        const { target } = body;
        const found = await server.door.gate('find', [target.id]);
        return found.length > 0 && server.door.asCompany({ companyId: target.company_id, userId: null, owners: '*' });
      };`,
    },
  },
]);
