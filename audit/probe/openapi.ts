import type { Endpoint, Parameter, Schema } from './endpoints.ts';

interface Operation {
  operationId?: string;
  security?: Record<string, unknown>[];
  parameters?: unknown[];
  requestBody?: unknown;
  [extension: `x-${string}`]: unknown;
}

/** An OpenAPI 3 document, as far as an attacker reads it. */
export interface OpenApi {
  openapi: string;
  info?: { title?: string; version?: string };
  servers?: { url: string }[];
  security?: Record<string, unknown>[];
  paths?: Record<string, Record<string, Operation> & { parameters?: unknown[] }>;
  components?: { securitySchemes?: Record<string, { type: string; in?: string; name?: string }> };
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** What a document tells of its endpoints; `prefix` is the path that its server's address adds. */
export function endpointsIn(document: OpenApi, prefix = ''): Endpoint[] {
  const resolve = resolver(document);
  const endpoints: Endpoint[] = [];
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation === undefined) continue;
      const content = (resolve(operation.requestBody) as { content?: Record<string, { schema?: Schema }> })?.content;
      const json = Object.entries(content ?? {}).find(([type]) => /json/.test(type))?.[1].schema;
      const upload = Object.keys(content ?? {}).some((type) => type.startsWith('multipart/'));
      endpoints.push({
        method: method.toUpperCase() as Endpoint['method'],
        path: prefix + path,
        scope: scopeOf(document, operation),
        staff: operation['x-staff'] === true,
        parameters: parametersOf(path, [...(item.parameters ?? []), ...(operation.parameters ?? [])], resolve),
        body: upload ? undefined : (json as Schema | undefined),
        upload,
        discloses: (operation['x-discloses'] as Record<string, string> | undefined) ?? {},
      });
    }
  }
  return endpoints;
}

function scopeOf(document: OpenApi, operation: Operation): string {
  if (typeof operation['x-scope'] === 'string') return operation['x-scope'];
  const security = operation.security ?? document.security;
  if (security === undefined) return 'untold';
  const none = security.length === 0 || security.some((s) => Object.keys(s).length === 0);
  return none ? 'public' : 'company';
}

function parametersOf(path: string, told: unknown[], resolve: (value: unknown) => unknown): Parameter[] {
  const parameters = told.map((one) => resolve(one) as Parameter).filter(({ in: where }) => where !== 'header');
  const known = new Set(parameters.filter((p) => p.in === 'path').map(({ name }) => name));
  const untold = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name).filter((name) => !known.has(name));
  return [
    ...parameters.map((one) => ({ ...one, schema: one.schema ?? { type: 'string' } })),
    ...untold.map((name): Parameter => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
  ];
}

/** Puts what `$ref` names in its place, and `allOf` together. What refers to itself ends after a few turns. */
function resolver(document: OpenApi): (value: unknown) => unknown {
  const at = (ref: string) =>
    ref
      .replace(/^#\//, '')
      .split('/')
      .reduce<unknown>(
        (node, key) => (node as Record<string, unknown> | undefined)?.[key.replaceAll('~1', '/').replaceAll('~0', '~')],
        document,
      );
  const resolve = (value: unknown, depth: number): unknown => {
    if (Array.isArray(value)) return value.map((one) => resolve(one, depth));
    if (value === null || typeof value !== 'object') return value;
    const { $ref, allOf, oneOf, ...rest } = value as Record<string, unknown>;
    if (typeof $ref === 'string') return depth > 5 ? {} : resolve(at($ref), depth + 1);
    const own = Object.fromEntries(Object.entries(rest).map(([key, one]) => [key, resolve(one, depth)]));
    if (Array.isArray(oneOf)) own.anyOf = resolve(oneOf, depth);
    if (!Array.isArray(allOf)) return own;
    const whole = own as Schema;
    for (const one of resolve(allOf, depth) as Schema[]) {
      const properties = { ...whole.properties, ...one.properties };
      const required = [...(whole.required ?? []), ...(one.required ?? [])];
      Object.assign(whole, one, { properties, required });
    }
    return whole;
  };
  return (value) => resolve(value, 0);
}
