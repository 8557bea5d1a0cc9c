import { createHash, randomBytes } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { listPage } from '../../../server/platform/list.ts';
import { found, invalid } from '../../../server/platform/problems.ts';
import { API_KEY_PREFIX } from '../../../server/platform/session.ts';
import { personOf } from '../../auth/server/service.ts';
import { ApiKeyCreate, ApiKeyMade, ApiKeyPage, ApiKeyParams, ApiKeyQuery } from '../contract.ts';
import { apiKeys, insertApiKey, revokeApiKey } from './queries.ts';

const config = { scope: 'company' } as const;
const sorts = { created_at: { sql: 'api_keys.created_at', type: 'timestamptz', field: 'created_at' } };
const SHOWN = API_KEY_PREFIX.length + 6;

export const routes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/api/api-keys',
    { config, schema: { querystring: ApiKeyQuery, response: { 200: ApiKeyPage } } },
    async ({ company, query }) =>
      listPage(
        company,
        { name: 'api_keys', table: 'api_keys', query: apiKeys(), sorts, defaultSort: '-created_at' },
        query,
      ),
  );

  app.post(
    '/api/api-keys',
    { config: { ...config, secret: true }, schema: { body: ApiKeyCreate, response: { 201: ApiKeyMade } } },
    async (request, reply) => {
      const { company, body } = request;
      personOf(request);
      const expires_at = body.expires_at ?? null;
      if (expires_at !== null && Date.parse(expires_at) <= Date.now()) {
        throw invalid('expires_at', 'in_the_past', 'must lie in the future');
      }
      const key = API_KEY_PREFIX + randomBytes(32).toString('base64url');
      const made = await company.transaction(async (tx) => {
        const { id } = found(
          await tx.first<{ id: string }>(
            insertApiKey({
              name: body.name.trim(),
              prefix: key.slice(0, SHOWN),
              key_hash: createHash('sha256').update(key).digest(),
              expires_at,
            }),
          ),
        );
        return found(await tx.first(apiKeys().where('api_keys.id', '=', id)));
      });
      return reply.code(201).send({ ...made, key });
    },
  );

  app.delete(
    '/api/api-keys/:api_key_id',
    { config, schema: { params: ApiKeyParams, response: { 204: Type.Null() } } },
    async (request, reply) => {
      const { company, params, server } = request;
      found(await company.first(revokeApiKey(params.api_key_id)));
      server.sessions.forget(params.api_key_id);
      return reply.code(204).send(null);
    },
  );
};
