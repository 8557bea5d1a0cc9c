import type { Change } from '../../../server/platform/events.ts';
import type { Member } from './visible.ts';

/** Whether a change may be told to a member: of their company, and of a record that they see. */
export function mayHear(member: Member, { companyId, ownerId, privateTo }: Change): boolean {
  if (companyId !== member.companyId) return false;
  if (privateTo && privateTo !== member.userId) return false;
  return ownerId === undefined || member.owners === '*' || member.owners.includes(ownerId);
}
