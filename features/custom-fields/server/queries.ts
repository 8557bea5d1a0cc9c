import { sql } from 'kysely';
import { q, statement } from '../../../server/tenancy/query.ts';
import type { CustomFieldChange, CustomFieldCreate, CustomFieldResource } from '../contract.ts';

const columns = [
  'id',
  'resource',
  'key',
  'type',
  'label',
  'options',
  'is_required',
  'order_index',
  'created_at',
  'updated_at',
  'version',
] as const;

const live = () => q.selectFrom('custom_field_definitions').where('deleted_at', 'is', null);
const json = (value: unknown) => sql<string>`${JSON.stringify(value)}::jsonb`;

export const definitionsOf = statement(['resource'], (slot) =>
  live()
    .select(['key', 'type', 'options', 'is_required'])
    .where('resource', '=', slot.resource)
    .orderBy('order_index')
    .orderBy('id'),
);

export function definitionList(resource: CustomFieldResource | undefined) {
  const query = live().select(columns).orderBy('resource').orderBy('order_index').orderBy('id');
  return resource === undefined ? query : query.where('resource', '=', resource);
}

export const definitionCount = (resource: CustomFieldResource) =>
  live().select(sql<number>`count(*)::int`.as('count')).where('resource', '=', resource);

export const oneDefinition = (id: string) => live().select(columns).where('id', '=', id);

/** No row where the key is taken. A deleted field of the same type comes back, and with it the values that records kept. */
export const insertDefinition = ({
  options = [],
  is_required = false,
  order_index = 0,
  ...fields
}: CustomFieldCreate) =>
  q
    .insertInto('custom_field_definitions')
    .values({ ...fields, is_required, order_index, options: json(options) })
    .onConflict((conflict) =>
      conflict
        .columns(['company_id', 'resource', 'key'])
        .doUpdateSet((e) => ({
          label: e.ref('excluded.label'),
          options: e.ref('excluded.options'),
          is_required: e.ref('excluded.is_required'),
          order_index: e.ref('excluded.order_index'),
          deleted_at: null,
        }))
        .where('custom_field_definitions.deleted_at', 'is not', null)
        .whereRef('custom_field_definitions.type', '=', 'excluded.type'),
    )
    .returning(columns);

export function updateDefinition(id: string, { options, ...change }: CustomFieldChange, version: number | undefined) {
  const query = q
    .updateTable('custom_field_definitions')
    .set({ ...change, ...(options === undefined ? {} : { options: json(options) }) })
    .where('id', '=', id)
    .where('deleted_at', 'is', null);
  return (version === undefined ? query : query.where('version', '=', version)).returning(columns);
}

export const placeDefinition = (id: string, order_index: number) =>
  q
    .updateTable('custom_field_definitions')
    .set({ order_index })
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .where('order_index', '<>', order_index);

export const deleteDefinition = (id: string) =>
  q
    .updateTable('custom_field_definitions')
    .set({ deleted_at: sql`now()` })
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .returning(['id']);
