import type { FastifySchema, InjectOptions } from 'fastify';
import type { RegisteredRoute } from '../../server/platform/scopes.ts';
import type { Application } from './application.ts';
import type { Heard } from './listening-door.ts';

/** The company of whoever knocks, and another one. */
export const OWN = '01900000-0000-7000-8000-00000000000a';
export const FOREIGN = '01900000-0000-7000-8000-00000000000b';

export type Knocker = 'stranger' | 'rep' | 'admin' | 'super';

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  heard: Heard;
}

/** A JSON schema, as far as a request is made of it. */
export interface Shape {
  type?: string | string[];
  properties?: Record<string, Shape>;
  required?: string[];
  additionalProperties?: unknown;
  items?: Shape;
  anyOf?: Shape[];
  const?: unknown;
  enum?: unknown[];
  format?: string;
  pattern?: string;
  minLength?: number;
  minimum?: number;
}

export const shapeOf = (schema: FastifySchema | undefined, part: 'body' | 'querystring' | 'params' | 'headers') =>
  schema?.[part] as Shape | undefined;

export const nameOf = ({ method, url }: RegisteredRoute): string => `${method} ${url}`;

/** Routes that have a handler of their own: HEAD goes with its GET, a socket's opens by another protocol. */
export const handled = ({ routes }: Application): RegisteredRoute[] =>
  routes.filter(({ method }) => method !== 'HEAD' && method !== 'OPTIONS');

/** Sends a request that the route's schema accepts, as far as it tells, changed by `change`. */
export async function knock(
  { app, listening, hear }: Application,
  route: RegisteredRoute,
  who: Knocker,
  change: (request: Omit<InjectOptions, 'query'> & { query: Record<string, string> }) => void = () => undefined,
): Promise<Answer> {
  const body = shapeOf(route.schema, 'body');
  const query = sample(shapeOf(route.schema, 'querystring')) as Record<string, string> | undefined;
  const request: Omit<InjectOptions, 'query'> & { query: Record<string, string> } = {
    method: route.method as 'GET',
    url: route.url
      .replace(/\*$/, 'x')
      .replace(/:(\w+)/g, (_, name: string) =>
        String(sample(shapeOf(route.schema, 'params')?.properties?.[name]) ?? 'x'),
      ),
    query: query ?? {},
    headers: {},
    ...(body === undefined ? {} : { payload: (sample(body) ?? {}) as object }),
  };
  const token = {
    stranger: async () => undefined,
    rep: () => listening.token(OWN, 'sales_rep'),
    admin: () => listening.token(OWN),
    super: () => listening.token(null),
  }[who];
  const bearer = await token();
  if (bearer !== undefined) request.headers = { authorization: `Bearer ${bearer}` };
  change(request);
  let answer = { status: 0, headers: {} as Record<string, unknown> };
  const heard = await hear(async () => {
    const { statusCode, headers } = await app.inject(request);
    answer = { status: statusCode, headers };
  });
  return { ...answer, heard };
}

/** A value that a schema accepts: what it requires. */
function sample(shape: Shape | undefined): unknown {
  if (shape === undefined) return undefined;
  if (shape.const !== undefined) return shape.const;
  if (shape.enum !== undefined) return shape.enum[0];
  if (shape.anyOf !== undefined) return sample(shape.anyOf[0]);
  const type = [shape.type].flat()[0];
  if (type === 'object') {
    const entries = (shape.required ?? []).map((name) => [name, sample(shape.properties?.[name])]);
    return Object.fromEntries(entries);
  }
  if (type === 'array') return shape.items === undefined ? [] : [sample(shape.items)];
  if (type === 'integer' || type === 'number') return shape.minimum ?? 1;
  if (type === 'boolean') return true;
  if (type === 'null') return null;
  if (shape.format === 'uuid') return '01900000-0000-7000-8000-000000000001';
  if (shape.format === 'email') return 'someone@example.com';
  if (shape.format === 'date') return '2031-01-01';
  if (shape.format === 'date-time') return '2031-01-01T00:00:00Z';
  if (shape.format === 'uri') return 'https://example.com/';
  if (/^\^-?\\d/.test(shape.pattern ?? '')) return '10';
  if (/^\^\[A-Z\]/.test(shape.pattern ?? '')) return 'USD';
  return 'x'.repeat(Math.max(1, shape.minLength ?? 1));
}
