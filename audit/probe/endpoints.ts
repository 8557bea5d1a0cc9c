import type { FastifyInstance } from 'fastify';
import type { Catalog, Seeded } from './seed.ts';

export interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  minItems?: number;
  minProperties?: number;
  additionalProperties?: unknown;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
}

/** One route of the API, as the app's own OpenAPI document tells it. */
export interface Endpoint {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  scope: string;
  parameters: Parameter[];
  body: Schema | undefined;
  /** The media type of the body; undefined without one. */
  media: string | undefined;
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  'x-scope'?: string;
}

export function endpointsOf(app: FastifyInstance): Endpoint[] {
  const document = app.swagger() as { paths?: Record<string, Record<string, Operation>> };
  const endpoints: Endpoint[] = [];
  for (const [path, operations] of Object.entries(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(operations)) {
      const [media, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
      endpoints.push({
        method: method.toUpperCase() as Endpoint['method'],
        path,
        scope: operation['x-scope'] ?? '',
        parameters: operation.parameters ?? [],
        body: content?.schema,
        media,
      });
    }
  }
  return endpoints;
}

/** Which table a field or parameter such as `contact_id` names: by the catalog's foreign keys, else by its own name. */
export function tableFor(name: string, path: string, catalog: Catalog): string | undefined {
  const field = name.replace(/ids$/, 'id');
  const key = catalog.keys.find(({ columns, parent }) => columns.at(-1) === field && catalog.tables.has(parent));
  if (key !== undefined && field !== 'id') return key.parent;
  const tables = [...catalog.tables.keys(), 'companies'];
  const noun = field.replace(/_id$/, '');
  const plurals = [`${noun}s`, noun.replace(/y$/, 'ies'), `${noun}es`, noun];
  const exact = tables.find((table) => plurals.includes(table));
  if (exact !== undefined) return exact;
  // /api/custom-fields/{field_id}: the segment before the parameter names the resource.
  const segments = path.split('/');
  const at = segments.findIndex((segment) => segment === `{${name}}` || segment === `:${name}`);
  const resource = (at > 0 ? segments[at - 1] : segments[2])?.replaceAll('-', '_') ?? '';
  const stem = resource.replace(/s$/, '');
  return (
    tables.find((table) => table === resource) ??
    tables.find((table) => table.startsWith(stem)) ??
    tables.find((table) => plurals.some((plural) => table.endsWith(`_${plural}`)))
  );
}

/** The id that stands for a parameter or field in a company; undefined where none is known. */
export function idFor(name: string, path: string, company: Seeded, catalog: Catalog): string | undefined {
  if (name === 'user_id' || name === 'owner_id' || name === 'manager_id')
    return company.rows.get('users')?.id as string;
  const table = tableFor(name, path, catalog);
  return table === undefined ? undefined : (company.rows.get(table)?.id as string | undefined);
}
