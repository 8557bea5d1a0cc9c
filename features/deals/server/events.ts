import type { Events } from '../../../server/platform/events.ts';
import type { Company } from '../../../server/tenancy/door.ts';
import type { Touched } from './service.ts';

/**
 * Tells the company's other clients of a deal. One that changed hands is told to all: who had it must hear of it too,
 * and what they may read of it the database decides when they ask.
 */
export function tell(
  events: Events,
  { context }: Company,
  { id, owner_id, private_to }: Touched,
  action: 'created' | 'updated' | 'deleted',
  changedHands = false,
): void {
  events.publish({
    companyId: context.companyId,
    table: 'deals',
    id,
    action,
    ownerId: changedHands ? undefined : owner_id,
    privateTo: private_to,
  });
}
