import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../../contracts/problem.ts';

/** The document that the routes' own schemas make, at /api/openapi.json. */
export async function addOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Bulkhead',
        version: '1',
        description:
          'A sales CRM that many companies share and none can see into. Every failure is answered with a Problem ' +
          '(application/problem+json, RFC 9457), whose type is the address of its page; all of them are listed at /problems.',
      },
      components: {
        schemas: { Problem: Problem as never },
        securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      },
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
