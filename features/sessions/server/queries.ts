import { sql } from 'kysely';
import { q } from '../../../server/tenancy/query.ts';

/** Sessions that are open; the policy leaves one's own, or all of the company's for an admin. */
export const openSessions = () =>
  q
    .selectFrom('sessions')
    .leftJoin('users', 'users.id', 'sessions.user_id')
    .select([
      'sessions.id',
      'sessions.user_id',
      sql<string | null>`nullif(trim(concat(users.first_name, ' ', users.last_name)), '')`.as('user_name'),
      'sessions.acting_admin_email as acting_admin',
      'sessions.acting_reason',
      'sessions.ip_address',
      'sessions.user_agent',
      'sessions.device_type',
      'sessions.browser',
      'sessions.os',
      'sessions.last_activity_at',
      'sessions.expires_at',
      'sessions.created_at',
    ])
    .where('sessions.revoked_at', 'is', null)
    .where('sessions.expires_at', '>', sql<string>`now()`);
