import { type Static, Type } from 'typebox';
import { Body, Id, IdParams, OneOf, Query, Text, Timestamp } from '../../contracts/atoms.ts';
import { PageOf } from '../../contracts/page.ts';

export const customFieldResources = ['contacts', 'deals', 'activities'] as const;
export const customFieldTypes = [
  'text',
  'number',
  'date',
  'boolean',
  'select',
  'multi_select',
  'url',
  'email',
  'phone',
  'money',
] as const;

const Options = Type.Array(Text(100, 1), { maxItems: 200, uniqueItems: true, description: 'What a select offers.' });
const changeable = {
  label: Text(100, 1),
  options: Options,
  is_required: Type.Boolean(),
  order_index: Type.Integer({ minimum: 0, maximum: 10_000 }),
};
// The key stands in every record and in filters, the type says what the records hold: neither changes afterwards.
const fixed = {
  resource: OneOf(customFieldResources),
  key: Type.String({ pattern: '^[a-z][a-z0-9_]{0,49}$', description: 'Name of the value in `custom_fields`.' }),
  type: OneOf(customFieldTypes),
};

export const CustomField = Type.Object({
  id: Id,
  ...fixed,
  ...changeable,
  created_at: Timestamp,
  updated_at: Timestamp,
  version: Type.Integer(),
});
export const CustomFieldCreate = Body({
  ...fixed,
  label: changeable.label,
  options: Type.Optional(Options),
  is_required: Type.Optional(changeable.is_required),
  order_index: Type.Optional(changeable.order_index),
});
export const CustomFieldChange = Type.Partial(Body(changeable), { minProperties: 1, additionalProperties: false });
export const CustomFieldOrder = Body({
  resource: fixed.resource,
  ids: Type.Array(Id, { minItems: 1, maxItems: 200, uniqueItems: true, description: 'All of them, first to last.' }),
});
export const CustomFieldParams = IdParams('custom_field_id');
export const CustomFieldQuery = Query({ resource: Type.Optional(fixed.resource) });
export const CustomFieldPage = PageOf(CustomField);

export type CustomFieldResource = (typeof customFieldResources)[number];
export type CustomFieldCreate = Static<typeof CustomFieldCreate>;
export type CustomFieldChange = Static<typeof CustomFieldChange>;
