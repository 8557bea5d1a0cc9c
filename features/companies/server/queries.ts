import { q, statement } from '../../../server/tenancy/query.ts';
import type { OwnChange } from '../contract.ts';

const columns = [
  'companies.id',
  'companies.name',
  'companies.email',
  'companies.phone',
  'companies.address',
  'companies.city',
  'companies.state',
  'companies.zip',
  'companies.logo_url',
  'companies.timezone',
  'companies.currency',
  'companies.language',
  'companies.domain',
  'companies.plan',
  'companies.status',
  'companies.subscription_status',
  'companies.trial_ends_at',
  'companies.created_at',
  'companies.updated_at',
  'companies.version',
] as const;

// Its policy shows a company nobody's row but its own: any other id is one that does not exist.
export const oneCompany = statement(['id'], (slot) =>
  q.selectFrom('companies').select(columns).where('id', '=', slot.id),
);

export function updateCompany(id: string, change: OwnChange, version: number | undefined) {
  const query = q.updateTable('companies').set(change).where('id', '=', id);
  return (version === undefined ? query : query.where('version', '=', version)).returning(columns);
}
