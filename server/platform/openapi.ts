import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';

/** The document that the routes' own schemas make, at /api/openapi.json. */
export async function addOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Bulkhead',
        version: '1',
        description: 'A sales CRM that many companies share and none can see into.',
      },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    },
  });
  app.addHook('onRoute', (route) => {
    const scope = route.config?.scope;
    if (route.schema?.hide || !scope) return;
    const open = scope === 'public' || scope === 'webhook';
    route.schema = { ...route.schema, security: open ? [] : [{ bearer: [] }], ...({ 'x-scope': scope } as object) };
  });
  app.get('/api/openapi.json', { config: { scope: 'public' }, schema: { hide: true } }, async () => app.swagger());
}
