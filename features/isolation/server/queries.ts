import { sql } from 'kysely';
import { q } from '../../../server/tenancy/query.ts';

// The policy of companies shows nobody's row but one's own.
export const ownCompany = () =>
  q.selectFrom('companies').select(['companies.name', 'companies.created_at', sql<string>`now()`.as('read_at')]);

/** How often the platform's staff has acted for the company since it is here. */
export const visitCount = () =>
  q
    .selectFrom('security_logs')
    .select(sql<number>`count(*)::integer`.as('total'))
    .where('security_logs.event_type', '=', 'acting_started');
