import { sql } from 'kysely';
import type { Role } from '../../../server/platform/session.ts';
import type { CompanyStatements } from '../../../server/tenancy/door.ts';
import { q } from '../../../server/tenancy/query.ts';
import type { ImportMode } from '../contract.ts';
import { customColumns } from './columns.ts';
import type { CustomFieldDefinition } from './custom-values.ts';
import type { ContactStatus } from './mapping/contact-fields.ts';
import type { ContactMapping } from './mapping/to-contact.ts';
import { oneImport } from './queries.ts';

/** Everything that decides what becomes of a row. */
export interface Rules {
  importId: string;
  mapping: ContactMapping;
  mode: ImportMode;
  matchBy: 'email' | 'phone';
  defaultStatus: ContactStatus;
  tags: string[];
  /** Owner of new contacts whose row names nobody else. */
  ownerId: string | null;
  /** Ids of the owners that a row may name, by their e-mail address and by their name, in lower case. */
  owners: ReadonlyMap<string, string>;
  customFields: ReadonlyMap<string, CustomFieldDefinition>;
}

export interface Actor {
  user_id: string | null;
  user_role: Role;
  owners: string;
}

export const customFieldDefinitions = () =>
  q
    .selectFrom('custom_field_definitions')
    .select(['key', 'label', 'type', sql<unknown[]>`options`.as('options'), 'is_required'])
    .where('resource', '=', 'contacts')
    .where('deleted_at', 'is', null);

/** Reads the rules anew: who may own what may have changed since the import was prepared. No actor, no rules. */
export async function readRules(company: CompanyStatements, importId: string): Promise<Rules | undefined> {
  const [actor] = await company.gate<Actor>('import_actor', [importId]);
  const row = await company.first(oneImport({ id: importId }));
  if (actor === undefined || row === undefined) return undefined;
  const definitions = await company.many(customFieldDefinitions());
  // An administrator's import adds them when it starts; its preview shows them already.
  const added =
    actor.user_role !== 'company_admin'
      ? []
      : customColumns(row.mapping).map((one) => ({ ...one, type: 'text' as const, options: [], is_required: false }));
  return {
    importId,
    mapping: {
      columns: row.mapping as ContactMapping['columns'],
      ...(row.default_country ? { defaultCountry: row.default_country as never } : {}),
    },
    mode: row.mode,
    matchBy: row.match_by,
    defaultStatus: row.default_status,
    tags: row.tags,
    ownerId: row.owner_id ?? row.user_id,
    owners: await ownersByName(company, actor),
    customFields: new Map([...added, ...definitions].map((definition) => [definition.key, definition])),
  };
}

/** A rep's imports are their own; others may name whose records they see. */
async function ownersByName(company: CompanyStatements, { user_id, user_role, owners }: Actor) {
  let query = q.selectFrom('users').select(['id', 'email', 'first_name', 'last_name']).where('status', '=', 'active');
  if (owners !== '*') query = query.where('id', 'in', owners.slice(1, -1).split(','));
  if (user_role === 'sales_rep' && user_id !== null) query = query.where('id', '=', user_id);
  const names = new Map<string, string>();
  for (const { id, first_name, last_name } of await company.many(query.orderBy('id', 'desc'))) {
    names.set(`${first_name} ${last_name}`.trim().toLowerCase(), id);
  }
  for (const { id, email } of await company.many(query)) names.set(email.toLowerCase(), id);
  return names;
}

/** Adds the company's own fields that the columns go into and that there are not; for administrators. */
export async function defineMissing(company: CompanyStatements, columns: Parameters<typeof customColumns>[0]) {
  const wanted = customColumns(columns);
  if (wanted.length === 0) return;
  await company.run(
    q
      .insertInto('custom_field_definitions')
      .values(wanted.map(({ key, label }) => ({ resource: 'contacts', key, label, type: 'text' })))
      .onConflict((conflict) =>
        conflict
          .columns(['company_id', 'resource', 'key'])
          .doUpdateSet({ deleted_at: null })
          .where('custom_field_definitions.deleted_at', 'is not', null),
      ),
  );
}
