import { type ExpressionBuilder, sql } from 'kysely';
import type { DB } from '../../../db/types.ts';
import { q } from '../../../server/tenancy/query.ts';

type Log = ExpressionBuilder<DB, 'security_logs'>;
const until = sql<string>`(security_logs.details ->> 'until')::timestamptz`;
const sessionId = sql<string>`security_logs.details ->> 'session_id'`;

const endLogged = (from: Log) =>
  from
    .selectFrom('security_logs as ends')
    .select((end) => end.fn.min('ends.created_at').as('at'))
    .where('ends.event_type', '=', 'acting_ended')
    .where(sql<string>`ends.details ->> 'session_id'`, '=', sessionId);

const session = (from: Log) =>
  from
    .selectFrom('sessions')
    .select(sql<string>`least(sessions.revoked_at, sessions.expires_at)`.as('at'))
    .where(sql<string>`sessions.id::text`, '=', sessionId);

/**
 * When the platform's staff acted for the company, by its security log: sessions are cleaned away, the log never is. One that ran out by
 * itself has ended too, and so has one whose session is gone.
 */
export const actings = () =>
  q
    .selectFrom('security_logs')
    .where('security_logs.event_type', '=', 'acting_started')
    .select((from) => {
      const end = sql<string>`least(${until}, ${endLogged(from)}, ${session(from)})`;
      return [
        'security_logs.id',
        'security_logs.user_email as acting_admin_email',
        'security_logs.description as reason',
        'security_logs.ip_address',
        'security_logs.created_at as started_at',
        until.as('expires_at'),
        sql<string | null>`case when ${end} <= now() or not exists ${session(from)} then ${end} end`.as('ended_at'),
      ];
    });
