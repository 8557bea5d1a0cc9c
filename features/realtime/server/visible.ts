import type { Caller } from '../../../server/platform/session.ts';
import type { Door } from '../../../server/tenancy/door.ts';
import { q } from '../../../server/tenancy/query.ts';
import type { Viewable } from './words.ts';

export type Member = Extract<Caller, { kind: 'user' }>;

/** Whether a member sees a record: the database says, by the same policies as for every request. */
export async function isVisible(door: Door, member: Member, table: Viewable, id: string): Promise<boolean> {
  const { companyId, userId, owners } = member;
  const query = q.selectFrom(table).select('id').where('id', '=', id).where('deleted_at', 'is', null);
  return (await door.asCompany({ companyId, userId, owners }).first(query)) !== undefined;
}
