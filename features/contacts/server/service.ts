import type { FastifyInstance } from 'fastify';
import { invalid } from '../../../server/platform/problems.ts';
import type { Company, CompanyStatements } from '../../../server/tenancy/door.ts';
import { checkCustomFields, mergeCustomFields } from '../../custom-fields/server/service.ts';
import type { ContactChange, ContactCreate } from '../contract.ts';
import type { StoredChange } from './queries.ts';

/** A record is private to oneself or to nobody: else one could take it out of a colleague's sight. */
function checkPrivacy({ context }: CompanyStatements, { private_to }: Pick<ContactChange, 'private_to'>): void {
  if (typeof private_to === 'string' && private_to.toLowerCase() !== context.userId) {
    throw invalid('private_to', 'not_yourself', 'must be yourself, or null');
  }
}

/** A new contact as it may be stored. @throws ProblemError 400 */
export async function checkedCreate(company: Company, contact: ContactCreate): Promise<ContactCreate> {
  checkPrivacy(company, contact);
  return { ...contact, custom_fields: await checkCustomFields(company, 'contacts', contact.custom_fields, 'create') };
}

/** A change as it may be stored. @throws ProblemError 400 */
export async function checkedChange<Change extends Pick<ContactChange, 'private_to' | 'custom_fields'>>(
  company: Company,
  { custom_fields, ...change }: Change,
): Promise<Omit<Change, 'custom_fields'> & Pick<StoredChange, 'custom_fields'>> {
  checkPrivacy(company, change as Pick<Change, 'private_to'>);
  if (custom_fields === undefined) return change;
  const checked = await checkCustomFields(company, 'contacts', custom_fields, 'change');
  return { ...change, custom_fields: mergeCustomFields(checked) };
}

interface Changed {
  id: string;
  owner_id: string;
  private_to: string | null;
}

/** Tells the company's other clients, after the commit, of contacts that changed. */
export function announce(
  { events }: Pick<FastifyInstance, 'events'>,
  { context }: Company,
  action: 'created' | 'updated' | 'deleted',
  contacts: readonly Changed[],
): void {
  for (const { id, owner_id, private_to } of contacts) {
    events.publish({
      companyId: context.companyId,
      table: 'contacts',
      id,
      action,
      ownerId: owner_id,
      privateTo: private_to,
    });
  }
}
