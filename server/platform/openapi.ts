import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import type { OpenAPIV3, OpenAPIV3_1 } from 'openapi-types';
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
    transformObject: (made) => ('openapiObject' in made ? withFailures(made.openapiObject) : made.swaggerObject),
  });
  app.addHook('onRoute', (route) => {
    const { scope, staff } = route.config ?? {};
    if (route.schema?.hide || !scope) return;
    const open = scope === 'public' || scope === 'webhook';
    const who = { 'x-scope': scope, ...(staff && { 'x-staff': true }) };
    route.schema = { ...route.schema, security: open ? [] : [{ bearer: [] }], ...(who as object) };
  });
  app.get('/api/openapi.json', { config: { scope: 'public' }, schema: { hide: true } }, async () => app.swagger());
}

/** Says of each operation how it fails: no route names it, for all fail alike. */
function withFailures(document: Partial<OpenAPIV3.Document | OpenAPIV3_1.Document>) {
  const failure = {
    description: 'It failed, and changed nothing.',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  for (const path of Object.values(document.paths ?? {}))
    for (const operation of Object.values(path ?? {}))
      if (typeof operation === 'object' && 'responses' in operation)
        operation.responses = { ...operation.responses, default: failure };
  return document;
}
