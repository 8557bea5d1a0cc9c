import type { FastifyInstance } from 'fastify';
import type { Catalog, Rows } from './seed.ts';

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

/** One route, as it was registered and as the app's own OpenAPI document tells it. */
export interface Endpoint {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  scope: string;
  /** Whether the platform's staff is let in as well. */
  staff?: boolean;
  parameters: Parameter[];
  body: Schema | undefined;
  /** Whether it takes a form with a file. */
  upload: boolean;
  /** Parts of a request whose answer depends on other companies by a decision, and which. */
  discloses: Readonly<Record<string, string>>;
  /** Parameters that name nothing of a company's, and what they name. */
  everybodys?: Readonly<Record<string, string>>;
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

export const titleOf = ({ method, path }: Endpoint): string => `${method} ${path}`;

/** Every registered route, those that the document hides too. HEAD goes with its GET, OPTIONS has no handler. */
export function endpointsOf(app: FastifyInstance): Endpoint[] {
  const document = app.swagger() as { paths?: Record<string, Record<string, Operation>> };
  const endpoints = new Map<string, Endpoint>();
  for (const { method, url, scope, staff, discloses, consumes } of app.routeTable) {
    if (method === 'HEAD' || method === 'OPTIONS') continue;
    const path = url.replace(/:([^/]+)/g, '{$1}');
    const operation = document.paths?.[path]?.[method.toLowerCase()];
    const endpoint: Endpoint = {
      method: method as Endpoint['method'],
      path,
      scope,
      staff,
      discloses,
      parameters: operation?.parameters ?? [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => pathText(name)),
      body: Object.values(operation?.requestBody?.content ?? {})[0]?.schema,
      upload: consumes.includes('multipart/form-data'),
    };
    endpoints.set(titleOf(endpoint), endpoint);
  }
  return [...endpoints.values()];
}

const pathText = (name: string): Parameter => ({ name, in: 'path', required: true, schema: { type: 'string' } });

const snake = (name: string) => name.replace(/([a-z])([A-Z])/g, (_, a, b) => `${a}_${b}`).toLowerCase();

/** Which table a field or parameter such as `contact_id` names: by the catalog's foreign keys, else by its own name. */
export function tableFor(name: string, path: string, catalog: Catalog): string | undefined {
  const field = snake(name).replace(/ids$/, 'id');
  const key = catalog.keys.find(({ columns, parent }) => columns.at(-1) === field && catalog.tables.has(parent));
  if (key !== undefined && field !== 'id') return key.parent;
  // Both a pipeline and a stage go by handing over to a stage.
  if (field === 'move_to') return 'pipeline_stages';
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
    tables.find((table) => plurals.some((plural) => table.endsWith(`_${plural}`))) ??
    // An `id` beside a `resource`.
    (field === 'id' ? 'contacts' : undefined)
  );
}

/** The id that stands for a parameter or field in a company; undefined where none is known. */
export function idFor(name: string, path: string, rows: Rows, catalog: Catalog): string | undefined {
  if (['user_id', 'owner_id', 'manager_id', 'private_to', 'team_lead_id', 'reassign_to'].includes(name))
    return rows.get('users')?.id as string;
  const table = tableFor(name, path, catalog);
  const row = table === undefined ? undefined : rows.get(table);
  // A slug, a number: what the row itself calls by this name.
  const own = /(^|_)ids?$|[a-z]Ids?$/.test(name) ? undefined : row?.[name];
  return (typeof own === 'string' || typeof own === 'number' ? String(own) : row?.id) as string | undefined;
}
