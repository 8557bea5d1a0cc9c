import { sql } from 'kysely';
import { q } from '../../../server/tenancy/query.ts';

/** Keys that work or have run out, but were not revoked; the policy leaves one's own, or the company's for an admin. */
export const apiKeys = () =>
  q
    .selectFrom('api_keys')
    .innerJoin('users', 'users.id', 'api_keys.user_id')
    .leftJoin('api_key_uses', 'api_key_uses.id', 'api_keys.id')
    .select([
      'api_keys.id',
      'api_keys.user_id',
      sql<string | null>`nullif(trim(concat(users.first_name, ' ', users.last_name)), '')`.as('user_name'),
      'api_keys.name',
      'api_keys.prefix',
      'api_key_uses.last_used_at',
      'api_keys.expires_at',
      'api_keys.created_at',
    ])
    .where('api_keys.revoked_at', 'is', null);

export const insertApiKey = (key: { name: string; prefix: string; key_hash: Buffer; expires_at: string | null }) =>
  q.insertInto('api_keys').values(key).returning('id');

export const revokeApiKey = (id: string) =>
  q
    .updateTable('api_keys')
    .set({ revoked_at: sql`now()` })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('id');
