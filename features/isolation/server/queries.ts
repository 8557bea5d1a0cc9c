import { q } from '../../../server/tenancy/query.ts';

// The policy of companies shows nobody's row but one's own.
export const ownName = () => q.selectFrom('companies').select('companies.name');

/** When the platform's staff worked in the company, and why: the last hundred times. */
export const visits = () =>
  q
    .selectFrom('sessions')
    .select([
      'sessions.acting_admin_email as admin_email',
      'sessions.acting_reason as reason',
      'sessions.created_at as started_at',
      'sessions.revoked_at as ended_at',
    ])
    .where('sessions.acting_admin_id', 'is not', null)
    .orderBy('sessions.created_at', 'desc')
    .limit(100);
