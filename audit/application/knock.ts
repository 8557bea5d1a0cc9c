import type { FastifySchema, InjectOptions } from 'fastify';
import type { RegisteredRoute } from '../../server/platform/scopes.ts';
import { type Filling, valueFor } from '../probe/bodies.ts';
import type { Schema } from '../probe/endpoints.ts';
import type { Catalog } from '../probe/seed.ts';
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

export const schemaOf = (schema: FastifySchema | undefined, part: 'body' | 'querystring' | 'params' | 'headers') =>
  schema?.[part] as Schema | undefined;

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
  const [body, query, params] = (['body', 'querystring', 'params'] as const).map((part) =>
    schemaOf(route.schema, part),
  );
  const value = (schema: Schema | undefined, name = ''): unknown =>
    schema && valueFor(schema, name, route.url, NOBODY, NO_TABLES);
  const request: Omit<InjectOptions, 'query'> & { query: Record<string, string> } = {
    method: route.method as 'GET',
    url: route.url
      .replace(/\*$/, 'x')
      .replace(/:(\w+)/g, (_, name: string) => String(value(params?.properties?.[name], name) ?? 'x')),
    query: (value(query) ?? {}) as Record<string, string>,
    headers: {},
    ...(body === undefined ? {} : { payload: (value(body) ?? {}) as object }),
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

/** Behind the door there are no rows: ids name none. */
const NOBODY: Filling = { rows: new Map(), canary: 'x', token: 'x' };
const NO_TABLES: Catalog = { tables: new Map(), keys: [] };
