import { type Answer, answer, api } from '../../../web/api/client.ts';

export type Field = Answer<'/api/custom-fields', 'get'>['items'][number];
export type Resource = Field['resource'];
export const resources: readonly Resource[] = ['contacts', 'deals', 'activities'];
export const types: readonly Field['type'][] = [
  'text',
  'number',
  'money',
  'date',
  'boolean',
  'select',
  'multi_select',
  'email',
  'phone',
  'url',
];
export const hasOptions = (type: Field['type']) => type === 'select' || type === 'multi_select';

/** The scope of changes of the order: what is saved next waits for them, for each gives a field another version. */
export const ordering = 'order of custom fields';

/** The table's name first, as changes are told by it. */
export const fieldsKey = (resource: Resource) => ['custom_field_definitions', resource];
export const loadFields = (resource: Resource) =>
  answer(api.GET('/api/custom-fields', { params: { query: { resource } } }));
