import createClient from 'openapi-fetch';
import type { paths } from '../api.d.ts';
import { line } from '../line.ts';
import { session } from '../session/session.ts';
import { problemFrom, sessionChanged, unreachable } from './problem.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** The body that an endpoint answers with: `Answer<'/api/contacts/{contact_id}', 'get'>`. */
export type Answer<Path extends keyof paths, Verb extends Method> =
  paths[Path] extends Record<Verb, { responses: infer Responses }>
    ? Body<Responses extends { 200: infer Ok } ? Ok : Responses extends { 201: infer Ok } ? Ok : never>
    : never;
type Body<Response> = Response extends { content: { 'application/json': infer T } } ? T : never;

/** One item of an endpoint that answers a list. */
export type Item<Path extends keyof paths> = Answer<Path, 'get'> extends { items: (infer T)[] } ? T : never;

async function send(request: Request, token: string | undefined): Promise<Response> {
  if (token) request.headers.set('authorization', `Bearer ${token}`);
  return fetch(request).then(
    (response) => {
      line.heard();
      return response;
    },
    (reason: Error) => {
      // A request that the page itself called off says nothing of the server.
      if (!request.signal.aborted) line.lost();
      throw request.signal.aborted ? reason : unreachable();
    },
  );
}

async function authorized(request: Request): Promise<Response> {
  const started = session.epoch();
  const copy = request.clone();
  const response = await send(request, await session.token());
  if (response.status !== 401 || !session.user()) return response;
  const token = await session.renew();
  // What one person began is never finished in the name of the next.
  if (started !== session.epoch()) throw sessionChanged();
  return send(copy, token);
}

export const api = createClient<paths>({ baseUrl: location.origin, fetch: authorized });

interface Result<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a successful answer; anything else is thrown as a Problem. */
export async function answer<T>(call: Promise<Result<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw problemFrom(error, response.status);
  return data as T;
}
