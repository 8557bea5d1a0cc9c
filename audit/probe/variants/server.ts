import { createHmac, randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Schema } from '../endpoints.ts';
import type { OpenApi } from '../openapi.ts';

/** What a request brought, and who made it. */
export interface Call {
  method: string;
  params: Record<string, string>;
  query: URLSearchParams;
  headers: http.IncomingHttpHeaders;
  raw: string;
  // biome-ignore lint/suspicious/noExplicitAny: bodies have every shape
  body: any;
  /** Empty where nobody is logged in. */
  company: string;
  user: string;
  byKey: boolean;
}

export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

export interface Route {
  method: string;
  path: string;
  public?: boolean;
  /** Told of as if one had to be logged in. */
  careless?: boolean;
  /** Served, but not told of. */
  hidden?: boolean;
  body?: Schema;
  query?: Record<string, Schema>;
  answer(call: Call): Reply | Promise<Reply>;
}

export const SECRET = 'the key of this server alone';
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

export function issue(claims: object): string {
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${text}.${createHmac('sha256', SECRET).update(text).digest('base64url')}`;
}

export const notFound = (): Reply => ({ status: 404, body: { error: 'not found' } });

/** Who a token stands for; undefined where it is worth nothing. Its faults are the variants' own. */
export type ReadToken = (
  headers: http.IncomingHttpHeaders,
) => { company: string; user: string; byKey: boolean } | undefined;

/** The document that these routes would publish. */
export function documentOf(routes: readonly Route[]): OpenApi {
  const paths: Record<string, Record<string, object>> = {};
  for (const { method, path, body, query, hidden, ...route } of routes) {
    if (hidden || !['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(method)) continue;
    const named = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    }));
    const asked = Object.entries(query ?? {}).map(([name, schema]) => ({ name, in: 'query', schema }));
    paths[path] = {
      ...paths[path],
      [method.toLowerCase()]: {
        security: route.public ? [] : [{ bearer: [] }],
        parameters: [...named, ...asked],
        ...(body && { requestBody: { content: { 'application/json': { schema: body } } } }),
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Small server', version: '1' },
    components: {
      securitySchemes: { bearer: { type: 'http' }, key: { type: 'apiKey', in: 'header', name: 'x-api-key' } },
    },
    paths: paths as never,
  };
}

export interface Running {
  base: URL;
  document: OpenApi;
  server: http.Server;
  close(): Promise<void>;
}

/** Serves routes on a port of its own. */
export async function serve(routes: readonly Route[], readToken: ReadToken): Promise<Running> {
  const compiled = routes.map((route) => ({
    ...route,
    pattern: new RegExp(`^${route.path.replace(/\{([^}]+)\}/g, '(?<$1>[^/]+)')}$`),
  }));
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(`http://local${(request.url ?? '/').replace(/^\/+/, '/')}`);
    const found = compiled.find(({ method, pattern }) => method === request.method && pattern.test(url.pathname));
    const reply =
      found === undefined ? notFound() : await answer(found, request, url, Buffer.concat(chunks).toString());
    const text =
      reply.body === undefined ? '' : typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
    response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
    response.end(request.method === 'HEAD' ? undefined : text);
  });

  async function answer(
    route: (typeof compiled)[number],
    request: http.IncomingMessage,
    url: URL,
    raw: string,
  ): Promise<Reply> {
    const who = readToken(request.headers);
    if (who === undefined && !route.public && !route.careless) return { status: 401, body: { error: 'log in first' } };
    let body: unknown;
    try {
      body = raw === '' ? {} : JSON.parse(raw);
    } catch {
      return { status: 400, body: { error: 'no JSON' } };
    }
    const params: Record<string, string> = {};
    for (const [name, value] of Object.entries(route.pattern.exec(url.pathname)?.groups ?? {})) {
      try {
        params[name] = decodeURIComponent(value);
      } catch {
        return notFound();
      }
    }
    const call = { method: route.method, params, query: url.searchParams, headers: request.headers, raw, body };
    return route.answer({ ...call, company: who?.company ?? '', user: who?.user ?? '', byKey: who?.byKey ?? false });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    base: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    document: documentOf(routes),
    server,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export const newId = () => randomUUID();
